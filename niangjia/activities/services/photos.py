"""Photos of a session: clean and small, hidden as soon as somebody asks, decided by a person."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Photo, PhotoRequest, Session, State
from niangjia.activities.services.acting import hold, record
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import Examined, pictures
from niangjia.core.files.fields import ALT_MAX
from niangjia.members import services as members
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action

MOST = 60
WORDS_MAX = 500
#: The longer side of a small one, in pixels.
SMALL = 640


@transactions.atomic
def add_photo(
    *, by: Post | None, session: Session, clean: Examined, alt: str, now: dt.datetime
) -> Photo:
    """Put a photo of a session, as `pictures.examined` gave it, on the page, and a small one.

    Raises `Invalid` on `alt`; `Conflict` where people were not asked when they signed up, before it
    has begun, and with more than 60 of one activity.
    """
    words = alt.strip()
    if not 1 <= len(words) <= ALT_MAX:
        problem = _("Say in up to 120 characters what is to be seen.")
        raise Invalid(problem, fields={"alt": problem})
    activity = hold(session.run.activity_id)
    if not activity.takes_photos or activity.state != State.PUBLISHED:
        raise Conflict(_("Whoever signed up was not asked about photos."), code="not-asked")
    if now < session.starts_at:
        raise Conflict(_("It has not begun yet."), code="not-begun")
    if Photo.objects.filter(session__run__activity=activity).count() >= MOST:
        raise Conflict(_("There are 60 photos already."), code="too-many")
    photo = Photo(session=session, alt=words, added_at=now)
    pictures.keep(photo, clean, small=SMALL)
    record(activity, by, "photo-added", {"photo": str(photo.pk)})
    return photo


@transactions.atomic
def remove_photo(*, by: Post | None, photo: Photo) -> None:
    """Delete a photo for good. Twice is once."""
    activity = hold(photo.session.run.activity_id)
    held = Photo.objects.filter(pk=photo.pk).select_related("stored", "small").first()
    if held is None:
        return
    pictures.erase_picture(held)
    record(activity, by, "photo-removed", {"photo": str(photo.pk)})


@transactions.atomic
def ask_take_down(*, by: Account, photo: Photo, words: str, now: dt.datetime) -> PhotoRequest:
    """Ask that a photo is taken down. It is hidden at once, and the organisers decide. Whoever asks
    need not be in it nor give a reason. Twice is once. Raises `Invalid` on `words`, `Conflict` when
    it was decided about one's asking already."""
    if len(words.strip()) > WORDS_MAX:
        problem = _("Please keep to 500 characters.")
        raise Invalid(problem, fields={"words": problem})
    held = Photo.objects.select_for_update().get(pk=photo.pk)
    before = held.requests.filter(account=by).first()
    if before and before.decided_at:
        raise Conflict(_("The organisers have decided. Please call them."), code="decided")
    if before:
        return before
    made = PhotoRequest.objects.create(photo=held, account=by, words=words.strip(), made_at=now)
    held.hidden_at = held.hidden_at or now
    held.save(update_fields=["hidden_at"])
    activity = photo.session.run.activity
    audit.record(
        action="activity.photo-hidden",
        by=by.pk,
        subject=f"photo:{photo.pk}",
        union_id=activity.union_id,
    )
    members.notify_officers(
        union=activity.union,
        action=Action.RUN_ACTIVITIES,
        kind="photo.asked",
        facts={"name": activity.name},
        url=reverse("activities:photos_desk", args=[photo.session_id]),
        now=now,
    )
    return made


@transactions.atomic
def decide_photo_request(
    *, by: Post, asked: PhotoRequest, is_upheld: bool, now: dt.datetime
) -> None:
    """A person has looked: the photo goes for good, or is shown again once nobody else asks.
    Whoever asked is told. Twice is once."""
    activity = hold(asked.photo.session.run.activity_id)
    held = PhotoRequest.objects.select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if held is None or held.decided_at:
        return
    held.decided_at, held.is_upheld = now, is_upheld
    held.save(update_fields=["decided_at", "is_upheld"])
    members.notify(
        account=asked.account,
        kind="photo.gone" if is_upheld else "photo.stays",
        facts={"name": activity.name, "union": activity.union.name},
        url=reverse("activities:photos", args=[activity.number]),
        now=now,
    )
    record(activity, by, "photo-decided", {"request": str(asked.pk), "upheld": is_upheld})
    if is_upheld:
        remove_photo(by=by, photo=asked.photo)
    elif not asked.photo.requests.filter(decided_at=None).exists():
        Photo.objects.filter(pk=asked.photo_id).update(hidden_at=None)
