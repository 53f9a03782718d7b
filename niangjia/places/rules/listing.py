"""What a union says of a place it keeps, and what can be wrong with it."""

import unicodedata
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.models import WorkerKind
from niangjia.organisations.rules.details import PHONE
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.models import Access, Have, Kind, Language, Place
from niangjia.places.rules import hours, points
from niangjia.places.rules.facilities import BY_KEY
from niangjia.places.rules.hours import BadHours
from niangjia.regions.models import Division

LONGEST_NAME, LONGEST_ADDRESS = 60, 200
#: A form shows a point to a tenth of a metre.
ROUNDED_METRES = 1.0
#: Nobody keeps a station larger than a palace of culture.
MOST_AREA_M2 = 500_000
BAD_HOURS: dict[str, Text] = {
    "unreadable": _("Please write the hours like this: Mo-Fr 08:30-17:30; Sa 09:00-12:00; PH off"),
    "too-clever": _(
        "These hours are more than we can read. Use days and times alone, such as "
        "Mo-Fr 08:30-17:30; Jun-Aug Mo-Su 07:00-22:00; PH off"
    ),
    "never": _("With these hours it would never be open."),
}


@dataclass(frozen=True)
class Listing:
    """A place as it is written down. Its point is WGS-84 by now."""

    kind: str
    name: str
    division: Division
    address: str
    longitude: float
    latitude: float
    hours: str
    name_en: str = ""
    introduction: str = ""
    way_in: str = ""
    phone: str = ""
    facilities: tuple[str, ...] = ()
    haves: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    area_m2: int | None = None
    seats: int | None = None
    parking_bays: int | None = None

    def is_elsewhere(self, place: Place) -> bool:
        """Whether it moves a place to another door, or makes it something else at its own; numbers
        that were rounded on the way are no move."""
        there = Position(place.longitude, place.latitude)
        metres = great_circle_metres(Position(self.longitude, self.latitude), there)
        return metres > ROUNDED_METRES or self.kind != place.kind

    def values(self) -> dict[str, Any]:
        """Its columns; lists as lists."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: list(v) if isinstance(v, tuple) else v for key, v in named.items()}


def plain_address(text: str) -> str:
    """An address as it is compared: letters and digits of one width, no spaces."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def problems(listing: Listing) -> dict[str, Text]:
    """What is wrong, by the name of the field."""
    found: dict[str, Text] = {}
    if listing.kind not in Kind.values:
        found["kind"] = _("Say what it is.")
    if not 2 <= len(listing.name.strip()) <= LONGEST_NAME:
        found["name"] = _("Give it a name of 2 to 60 characters.")
    if not 2 <= len(listing.address.strip()) <= LONGEST_ADDRESS:
        found["address"] = _("Write the address, in up to 200 characters.")
    if listing.phone and not PHONE.fullmatch(listing.phone):
        found["phone"] = _("This does not look like a telephone number.")
    if fault := points.find_fault(listing.longitude, listing.latitude, listing.division):
        found["point"] = fault.words
    if problem := hours_problem(listing.hours):
        found["hours"] = problem
    if listing.area_m2 is not None and not 1 <= listing.area_m2 <= MOST_AREA_M2:
        found["area_m2"] = _("Give the area in whole square metres.")
    if listing.kind == Kind.DRIVERS_HOME and not listing.parking_bays:
        found["parking_bays"] = _("A drivers' home says for how many trucks it has room.")
    return {**found, **unknown_values(listing)}


def hours_problem(text: str) -> Text | None:
    """What is wrong with written hours, or None."""
    try:
        hours.read(text)
    except BadHours as bad:
        return BAD_HOURS[bad.reason]
    return None


def unknown_values(listing: Listing) -> dict[str, Text]:
    """Lists that hold what is in no list of ours."""
    known = {
        "facilities": set(BY_KEY),
        "haves": set(Have.values),
        "languages": set(Language.values),
        "accessibility": set(Access.values),
        "welcome": set(WorkerKind.values),
    }
    return {
        name: _("There is no such entry. Choose from the list.")
        for name, values in known.items()
        if not set(getattr(listing, name)) <= values
    }
