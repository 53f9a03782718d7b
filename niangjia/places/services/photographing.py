"""Photos from the spot: examined, cleaned, sealed (promise 30, ADR 62)."""

import datetime as dt
import secrets

from django.utils.translation import gettext_lazy as _

from niangjia.core import files, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import Examined, OpenedFile
from niangjia.members.models import Account
from niangjia.places.models import (
    Inspection,
    Problem,
    ProblemState,
    ProblemStep,
    ProblemStepKind,
    SitePhoto,
)

CONTEXT = b"places.site-photo"
#: Of one inspection, and of one step of a problem.
MOST, MOST_OF_STEP = 40, 6


@transactions.atomic
def add_to_inspection(
    *, inspection: Inspection, item: str, clean: Examined, now: dt.datetime
) -> SitePhoto:
    """A photo of something that was looked at. The same again is kept once. Raises `Invalid` on
    "photo" with more than 40, `Conflict` once the inspection is done."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if before := held.photos.filter(item=item, digest=clean.sha256).first():
        return before
    if held.done_at is not None:
        raise Conflict(_("This place is done."), code="inspection-done")
    refuse_more(held.photos.count(), MOST)
    return keep(SitePhoto(inspection=held, item=item[:40]), clean, now)


@transactions.atomic
def add_to_step(*, step: ProblemStep, clean: Examined, now: dt.datetime) -> SitePhoto:
    """A photo of what was mended. The same again is kept once. Raises `Invalid` on "photo" with
    more than 6."""
    held = ProblemStep.objects.select_for_update().get(pk=step.pk)
    if before := held.photos.filter(digest=clean.sha256).first():
        return before
    refuse_more(held.photos.count(), MOST_OF_STEP)
    return keep(SitePhoto(step=held), clean, now)


@transactions.atomic
def add_to_mending(
    *, by: Account, problem: Problem, clean: Examined, now: dt.datetime
) -> SitePhoto:
    """One more photo by whoever said that it is mended, until it was reviewed. The same again is
    kept once. Raises `Conflict` for anybody else and once it was reviewed, `Invalid` on "photo"
    with more than 6."""
    held = Problem.objects.select_for_update().get(pk=problem.pk)
    if held.state != ProblemState.MENDED or held.mended_by_account_id != by.pk:
        raise Conflict(
            _("Photos are added by whoever mended it, until it was looked at."), code="not-mended"
        )
    step = held.steps.filter(kind=ProblemStepKind.MENDED).latest("at")
    return add_to_step(step=step, clean=clean, now=now)


def refuse_more(count: int, most: int) -> None:
    """Raise `Invalid` when there are as many as there may be."""
    if count >= most:
        problem = _("There are enough photos already.")
        raise Invalid(problem, fields={"photo": problem})


def keep(photo: SitePhoto, clean: Examined, now: dt.datetime) -> SitePhoto:
    """Seal and store it under a key of its own."""
    secret = secrets.token_bytes(32)
    photo.key, photo.digest, photo.added_at = secret.hex(), clean.sha256, now
    photo.stored = files.store(examined=clean, key=secret, context=CONTEXT)
    photo.save()
    return photo


def open_photo(photo: SitePhoto) -> OpenedFile:
    """The picture."""
    return files.open_stored(photo.stored, key=bytes.fromhex(str(photo.key)), context=CONTEXT)
