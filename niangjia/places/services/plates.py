"""Plates: issued, printed, and replaced when one has been carried off."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, transactions
from niangjia.members.models import Post
from niangjia.places.models import Place, Plate
from niangjia.places.services.acting import hold, record, refuse
from niangjia.places.services.listing import refuse_closed

KEY_DIGITS = 10


@transactions.atomic
def issue_plate(*, by: Post, place: Place, now: dt.datetime) -> Plate:
    """The plate in force, made when there is none yet. Raises `Conflict` for a place that is closed
    for good."""
    held = hold(place.pk)
    refuse_closed(held)
    found = held.plates.filter(withdrawn_at=None).first()
    if found is not None:
        return found
    made = Plate.objects.create(place=held, key=ids.any_number(KEY_DIGITS), issued_at=now)
    record(held, by, "plate-issued", {"key": made.key})
    return made


@transactions.atomic
def renew_plate(*, by: Post, place: Place, reason: str, now: dt.datetime) -> Plate:
    """A new plate; the old one is dead from now on and says so to whoever scans it. Raises
    `Invalid` on "reason", `Conflict` for a place that is closed for good."""
    if not 1 <= len(reason.strip()) <= 100:
        refuse({"reason": _("Say what became of the old plate, in up to 100 characters.")})
    held = hold(place.pk)
    refuse_closed(held)
    held.plates.filter(withdrawn_at=None).update(withdrawn_at=now, reason=reason.strip())
    record(held, by, "plate-withdrawn", {"reason": reason.strip()})
    return issue_plate(by=by, place=held, now=now)
