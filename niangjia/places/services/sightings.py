"""Plates that are scanned where they do not belong."""

import datetime as dt

from niangjia.core import audit, transactions
from niangjia.members.models import Post
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.models import Place, Plate, Sighting
from niangjia.places.rules import plates as rules
from niangjia.places.rules.voices import Speaker
from niangjia.places.services.acting import record
from niangjia.places.services.telling import tell_all


def note_sighting(
    plate: Plate, speaker: Speaker, near: Position, *, by_keeper: bool, now: dt.datetime
) -> int | None:
    """Write down where a phone was that scanned the plate; how far off in metres, or None when it
    was at the place. In the caller's transaction. When enough voices say that the plate is
    elsewhere (`rules.plates`), its keepers and the union are told, once."""
    held = Plate.objects.select_for_update(of=("self",)).get(pk=plate.pk)
    place = plate.place
    metres = great_circle_metres(near, Position(place.longitude, place.latitude))
    is_far = metres > rules.FAR_METRES
    Sighting.objects.create(
        plate=held,
        at=now,
        is_far=is_far,
        near=f"{near.latitude:.3f},{near.longitude:.3f}" if is_far else "",
        by_keeper=by_keeper,
        **speaker.digests(place.pk),
    )
    weigh_plate(held, place, now=now)
    return round(metres) if is_far else None


def weigh_plate(plate: Plate, place: Place, *, now: dt.datetime) -> None:
    """Doubt the plate, or doubt it no longer, by what was seen within a week."""
    seen = plate.sightings.filter(at__gt=now - rules.WINDOW, at__lte=now)
    is_away = rules.is_away(seen)
    if is_away == (plate.doubted_at is not None):
        return
    plate.doubted_at = now if is_away else None
    plate.save(update_fields=["doubted_at"])
    audit.record(
        action="place.plate-doubted" if is_away else "place.plate-believed",
        by=None,
        subject=f"place:{place.pk}",
        union_id=place.union_id,
    )
    if is_away:
        tell_all(place, "place.plate_away", {"name": place.name}, now)


@transactions.atomic
def confirm_plate(*, by: Post, plate: Plate, now: dt.datetime) -> Plate:
    """Somebody went and saw that it hangs where it belongs: what was seen before counts no more.
    Twice is once."""
    held = Plate.objects.select_for_update(of=("self",)).select_related("place").get(pk=plate.pk)
    held.sightings.filter(at__lte=now).delete()
    if held.doubted_at is not None:
        held.doubted_at = None
        held.save(update_fields=["doubted_at"])
        record(held.place, by, "plate-confirmed")
    return held


@transactions.atomic
def forget_sightings(*, now: dt.datetime) -> int:
    """Delete what phones said a week ago. Says how many."""
    return Sighting.objects.filter(at__lte=now - rules.WINDOW).delete()[0]
