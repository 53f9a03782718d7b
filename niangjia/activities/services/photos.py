"""Photos of a session: clean and small, hidden as soon as somebody asks, decided by a person."""

import datetime as dt
import hashlib
import secrets
from dataclasses import replace
from io import BytesIO

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from PIL import Image

from niangjia.activities.models import Photo, PhotoRequest, Session, State
from niangjia.activities.services.acting import hold, record
from niangjia.core import audit, files, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import Examined, Kind, Limits, OpenedFile
from niangjia.core.files.examining import Stream
from niangjia.members import services as members
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action

MOST = 60
LARGEST = Limits(size=10_000_000)
ALT_MAX, WORDS_MAX = 120, 500
#: The longer side of a small one, in pixels.
SMALL = 640


def examined(stream: Stream, *, name: str) -> Examined:
    """A photo that may be kept: known by its content, put together anew without what the camera
    wrote beside it, bounded (promise 30, ADR 62). Raises `Invalid` on `file`. Outside any
    transaction: it takes a process of its own."""
    return files.examine(stream, name=name, allowed=files.PHOTOS, limits=LARGEST)


@transactions.atomic
def add_photo(
    *, by: Post | None, session: Session, clean: Examined, alt: str, now: dt.datetime
) -> Photo:
    """Put a photo of a session, as `examined` gave it, on the page, with a small one of it.

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
    small, pixels = shrunk(clean)
    photo = Photo(session=session, alt=words, key=secrets.token_hex(32), added_at=now)
    photo.width, photo.height = pixels
    secret, context = key_of(photo)
    photo.stored = files.store(examined=clean, key=secret, context=context)
    photo.small = files.store(examined=small, key=secret, context=context)
    photo.save()
    record(activity, by, "photo-added", {"photo": str(photo.pk)})
    return photo


def key_of(photo: Photo) -> tuple[bytes, bytes]:
    """What opens the files of a photo, and what they are bound to."""
    return bytes.fromhex(str(photo.key)), b"activities.photo"


def shrunk(clean: Examined) -> tuple[Examined, tuple[int, int]]:
    """A small one of a picture that has been cleaned, and how large it is."""
    with Image.open(BytesIO(clean.content)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((SMALL, SMALL))
        made = BytesIO()
        small.save(made, "WEBP", quality=80)
    content = made.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    size = len(content)
    kept = replace(clean, kind=Kind.WEBP, content=content, size=size, sha256=digest)
    return replace(kept, name="small.webp", pixels=small.size), small.size


def open_photo(photo: Photo, *, small: bool) -> OpenedFile:
    """One of its files."""
    secret, context = key_of(photo)
    stored = photo.small if small else photo.stored
    return files.open_stored(stored, key=secret, context=context)


@transactions.atomic
def remove_photo(*, by: Post | None, photo: Photo) -> None:
    """Delete a photo for good. Twice is once."""
    activity = hold(photo.session.run.activity_id)
    held = Photo.objects.filter(pk=photo.pk).select_related("stored", "small").first()
    if held is None:
        return
    held.delete()
    for stored in (held.stored, held.small):
        files.erase(stored)
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
