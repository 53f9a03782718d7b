"""Photos of a place: on its page, and with what people say; clean and small (promise 30)."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.core.files import Examined, pictures
from niangjia.core.files.examining import Stream
from niangjia.core.files.fields import ALT_MAX
from niangjia.members.models import Account
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles
from niangjia.members.services.notices import notify_many
from niangjia.places.models import Place, PlacePhoto, Report
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors.photos import list_on_page
from niangjia.places.services.acting import hold, refuse
from niangjia.places.services.keeping import note
from niangjia.places.services.listing import refuse_closed
from niangjia.places.services.telling import tell_nearest, upwards
from niangjia.places.services.watching import keepers_of

#: On one page.
MOST = 12
#: The longer sides of what is kept, in pixels: a whole screen, and a list or a row of pictures.
WHOLE, SMALL = 1_600, 480
#: Photos of one voice, and of one network: each takes seconds of computing to check.
OF_ONE = (Limit(3, 600), Limit(10, 86_400))
OF_NETWORK = (Limit(20, 600), Limit(100, 86_400))
#: A photo that came with a word is deleted after so long: what it shows is not true for ever.
KEPT = dt.timedelta(days=7)


def examined_of(
    speaker: Speaker, stream: Stream, *, name: str, field: str = "photo", now: dt.datetime
) -> Examined:
    """The photo of whoever speaks about a place, as `pictures.examined`. Raises also `Throttled`
    for one voice or network that sends too many: each try counts, before anything is computed."""
    throttles.take("place-photo", speaker.key, OF_ONE, now=now)
    throttles.take("place-photo-network", speaker.network, OF_NETWORK, now=now)
    return pictures.examined(stream, name=name, field=field)


@transactions.atomic
def add_photo(
    *, by: Account, place: Place, clean: Examined, alt: str, now: dt.datetime
) -> PlacePhoto:
    """Put a photo last on the page of a place; the first is its cover. The same again is kept once.

    Raises `Invalid` on "alt", `Conflict` with more than 12, and for a place that is closed for
    good.
    """
    words = checked_alt(alt)
    held = hold(place.pk)
    refuse_closed(held)
    there = list_on_page(held)
    if before := next((each for each in there if each.digest == clean.sha256), None):
        return before
    if len(there) >= MOST:
        raise Conflict(_("There are 12 photos already."), code="too-many")
    made = PlacePhoto(
        place=held,
        alt=words,
        position=len(there),
        digest=clean.sha256,
        added_at=now,
        shown_at=now,
        looked_by_account_id=by.pk,
    )
    pictures.keep(made, clean, small=SMALL, whole=WHOLE)
    arrange(held, [*there, made])
    note(held, by, "photo-added", photo=str(made.pk))
    return made


def checked_alt(alt: str) -> str:
    """What is to be seen, said in words. Raises `Invalid`."""
    if not 1 <= len(alt.strip()) <= ALT_MAX:
        refuse({"alt": _("Say in up to 120 characters what is to be seen.")})
    return alt.strip()


def arrange(place: Place, photos: list[PlacePhoto]) -> None:
    """These are the photos of its page from now on, in this order; the first is the cover."""
    for position, each in enumerate(photos):
        PlacePhoto.objects.filter(pk=each.pk).exclude(position=position).update(position=position)
    cover_id = photos[0].pk if photos else None
    Place.objects.filter(pk=place.pk).exclude(cover_id=cover_id).update(cover_id=cover_id)
    if place.cover_id != cover_id:
        place.cover_id = cover_id


@transactions.atomic
def change_photo(
    *, by: Account, photo: PlacePhoto, alt: str, position: int | None = None, now: dt.datetime
) -> PlacePhoto:
    """Say anew what is to be seen on a photo of the page, and move it to a turn, from 0. Raises
    `Invalid` on "alt", `Conflict` for one that is there no longer."""
    words = checked_alt(alt)
    place = hold(photo.place_id)
    there = list_on_page(place)
    held = next((each for each in there if each.pk == photo.pk), None)
    if held is None:
        raise gone()
    held.alt = words
    held.save(update_fields=["alt"])
    if position is not None:
        there.remove(held)
        there.insert(max(0, position), held)
        arrange(place, there)
    note(place, by, "photo-changed", photo=str(held.pk))
    return PlacePhoto.objects.get(pk=held.pk)


def gone() -> Conflict:
    """Somebody else has deleted it."""
    return Conflict(_("This photo is there no longer."), code="photo-gone")


@transactions.atomic
def remove_photo(*, by: Account, photo: PlacePhoto) -> None:
    """Delete a photo for good, of the page or one that was sent. Twice is once."""
    place = hold(photo.place_id)
    held = PlacePhoto.objects.filter(pk=photo.pk).select_related("stored", "small").first()
    if held is None:
        return
    was_sent = held.report_id is not None
    pictures.erase_picture(held)
    if not was_sent:
        arrange(place, list_on_page(place))
    note(place, by, "photo-removed", photo=str(photo.pk))


def keep_with(report: Report, clean: Examined, *, now: dt.datetime) -> PlacePhoto:
    """The photo that came with somebody's word: waits until a keeper or an officer has looked. They
    are told, once for all that wait. In the caller's transaction."""
    place = report.place
    is_first = not place.photos.filter(shown_at=None).exists()
    made = PlacePhoto(place=place, report=report, digest=clean.sha256, added_at=now)
    pictures.keep(made, clean, small=SMALL, whole=WHOLE)
    if is_first:
        facts = {"name": place.name}
        notify_many(
            accounts=keepers_of(place),
            kind="place.photo_sent",
            facts=facts,
            url=reverse("places:keep_photos", args=[place.code]),
            now=now,
        )
        desk = reverse("places:desk_photos", args=[place.code])
        tell_nearest(upwards(place), "place.photo_sent", facts, desk, now)
    return made


@transactions.atomic
def show_photo(*, by: Account, photo: PlacePhoto, now: dt.datetime) -> PlacePhoto:
    """Somebody has looked at a photo that was sent, and everybody may see it beside the word it
    came with. Twice is once. Raises `Conflict` for one that is there no longer."""
    place = hold(photo.place_id)
    held = PlacePhoto.objects.filter(pk=photo.pk).first()
    if held is None:
        raise gone()
    if held.shown_at is None:
        held.shown_at, held.looked_by_account_id = now, by.pk
        held.save(update_fields=["shown_at", "looked_by_account_id"])
        note(place, by, "photo-shown", photo=str(held.pk))
    return held


@transactions.atomic
def forget_sent_photos(*, now: dt.datetime) -> int:
    """Delete the photos that came with a word a week ago, looked at or not. Says how many."""
    old = PlacePhoto.objects.filter(report__isnull=False, added_at__lte=now - KEPT)
    found = list(old.select_related("stored", "small").select_for_update(of=("self",)))
    for each in found:
        pictures.erase_picture(each)
    return len(found)
