"""What else is at a door."""

from django.db.models import Func, Value
from django.db.models.functions import Replace

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.models import Place, State
from niangjia.places.rules.likeness import DOOR_METRES
from niangjia.places.rules.listing import Listing, plain_address
from niangjia.regions.models import Division

#: A minute of arc is nearly two kilometres; this box is wider than any door.
BOX_DEGREES = 0.0005
MOST_KNOWN = 20


def find_at_door(listing: Listing, *, but: Place | None = None) -> Place | None:
    """A place of the same kind within 30 metres that is not closed for good, or None; also across
    the border of a division. `but`: one that it is not about."""
    here = Position(listing.longitude, listing.latitude)
    near = Place.objects.filter(
        kind=listing.kind,
        latitude__range=(here.latitude - BOX_DEGREES, here.latitude + BOX_DEGREES),
        longitude__range=(here.longitude - 2 * BOX_DEGREES, here.longitude + 2 * BOX_DEGREES),
    ).exclude(state=State.CLOSED)
    for place in near.exclude(pk=but.pk) if but else near:
        if great_circle_metres(here, Position(place.longitude, place.latitude)) <= DOOR_METRES:
            return place
    return None


def known_points(address: str, division: Division) -> list[Position]:
    """Points of published places at the very same address, however wide its letters are and
    wherever it has spaces."""
    known = Place.objects.filter(division=division, state=State.PUBLISHED).annotate(
        plain=Replace(Func("address", template="normalize(%(expressions)s, NFKC)"), Value(" "))
    )
    known = known.filter(plain=plain_address(address))
    return [Position(*point) for point in known.values_list("longitude", "latitude")[:MOST_KNOWN]]
