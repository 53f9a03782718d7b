"""What a place can offer: one bit each, so that a filter is one operator on one number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.places.models import Kind


@dataclass(frozen=True)
class Facility:
    """`bit` is its place in a number and never changes; `is_sparse`: few places have it, so they
    have an index of their own (migration 0002); `is_needed`: people look for it by name."""

    key: str
    bit: int
    icon: str
    label: str | Promise
    is_sparse: bool = False
    is_needed: bool = False

    @property
    def mask(self) -> int:
        """The number with this bit alone."""
        return 1 << self.bit


FACILITIES = (
    Facility("water", 0, "glass-water", _("Drinking water"), is_needed=True),
    Facility("meal", 1, "microwave", _("Heat a meal"), is_needed=True),
    Facility("charge", 2, "battery-charging", _("Charge a phone"), is_needed=True),
    Facility("toilet", 3, "toilet", _("Toilet"), is_needed=True),
    Facility("rest", 4, "armchair", _("Sit and rest"), is_needed=True),
    Facility("cool", 5, "air-vent", _("Cool in summer, warm in winter")),
    Facility("nursing", 6, "baby", _("Nurse a baby"), is_sparse=True, is_needed=True),
    Facility("aed", 7, "heart-pulse", _("AED"), is_sparse=True, is_needed=True),
    Facility("air_pump", 8, "bike", _("Air pump"), is_sparse=True, is_needed=True),
    Facility("shower", 9, "shower-head", _("Shower"), is_sparse=True, is_needed=True),
    Facility("truck_parking", 10, "truck", _("Truck parking"), is_sparse=True, is_needed=True),
    Facility("law", 11, "scale", _("Legal advice"), is_sparse=True, is_needed=True),
    Facility("counselling", 12, "message-circle-heart", _("Someone to talk to"), True, True),
    Facility("medicine", 13, "briefcase-medical", _("Medicine box")),
    Facility("umbrella", 14, "umbrella", _("Umbrellas and raincoats")),
    Facility("wifi", 15, "wifi", _("Wi-Fi")),
    Facility("books", 16, "book-open", _("Books")),
    Facility("laundry", 17, "washing-machine", _("Laundry"), is_sparse=True),
    Facility("fridge", 18, "refrigerator", _("Fridge")),
    Facility("tv", 19, "tv", _("Television")),
    Facility("e_bike", 20, "plug-zap", _("Charge an electric bike"), is_sparse=True),
    Facility("canteen", 21, "utensils", _("Meals"), is_sparse=True),
    Facility("bed", 22, "bed", _("A bed for the night"), is_sparse=True),
)
BY_KEY = {facility.key: facility for facility in FACILITIES}
NEEDED = tuple(facility for facility in FACILITIES if facility.is_needed)
#: The bits of kinds lie above those of facilities. All but plain stations are few.
KIND_BITS = {kind.value: 40 + place for place, kind in enumerate(Kind)}
SPARSE_MASKS = tuple(facility.mask for facility in FACILITIES if facility.is_sparse) + tuple(
    1 << bit for kind, bit in KIND_BITS.items() if kind != Kind.STATION
)


def offers(kind: str, facilities: Iterable[str]) -> int:
    """The number that says of what kind a place is and what it has; unknown names count nothing."""
    return mask(facilities) | 1 << KIND_BITS[kind]


def mask(facilities: Iterable[str]) -> int:
    """The number with the bits of these facilities."""
    total = 0
    for key in facilities:
        total |= BY_KEY[key].mask if key in BY_KEY else 0
    return total


def wanted(facilities: Iterable[str], kind: str = "") -> int:
    """The bits that a place must have to be found."""
    return mask(facilities) | (1 << KIND_BITS[kind] if kind else 0)


def sparse_part(wanted: int) -> int:
    """The one bit among those wanted that few places have, to walk their index alone; 0 when all
    are common. Of several the highest: kinds, then the rarer facilities."""
    return max((each for each in SPARSE_MASKS if wanted & each), default=0)


def named(keys: Collection[str]) -> list[Facility]:
    """These facilities in the order of the list."""
    return [facility for facility in FACILITIES if facility.key in keys]
