"""The question a visitor asks, as it stands in the address: what is needed, where, by which words.

A wrong part is answered beside its field, and the rest still counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import (
    BadPosition,
    Position,
    great_circle_metres,
    parse_position,
)
from niangjia.places.models import Kind
from niangjia.places.rules import facilities
from niangjia.places.rules.finding import MIDDLE, Criteria
from niangjia.places.rules.spots import Spot, direction, point_of
from niangjia.places.selectors import spots
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division

LONGEST = 60
BAD_POSITION: dict[str, Text] = {
    "unreadable": _("Give the position as latitude,longitude in degrees, such as 29.31,120.07."),
    "out-of-range": _("There is no such place: latitudes go to 90 degrees, longitudes to 180."),
    "swapped": _("Latitude and longitude seem to be swapped: the latitude comes first."),
}


#: Where a landmark lies from the seat of a division.
SIDES: dict[str, Text] = {
    "n": _("%(division)s, %(km)s km north of its seat"),
    "ne": _("%(division)s, %(km)s km north-east of its seat"),
    "e": _("%(division)s, %(km)s km east of its seat"),
    "se": _("%(division)s, %(km)s km south-east of its seat"),
    "s": _("%(division)s, %(km)s km south of its seat"),
    "sw": _("%(division)s, %(km)s km south-west of its seat"),
    "w": _("%(division)s, %(km)s km west of its seat"),
    "nw": _("%(division)s, %(km)s km north-west of its seat"),
}


@dataclass(frozen=True)
class Choice:
    """One of several places that an address may mean: what it is called, in words where, and the
    parameters of the address that choose it."""

    name: str
    district: str
    spot: str = ""
    division: str = ""
    is_osm: bool = False


@dataclass(frozen=True)
class Question:
    """What was asked and how it was understood. `place`: the division whose centre stands for where
    somebody is; `spot`: what their address means; neither when they said exactly where, or nothing
    at all. `choices`: what else the address may mean, and all of it where nobody can know.
    `is_rough`: the address says more than the division, and nothing there goes by it."""

    words: str = ""
    address: str = ""
    near: str = ""
    needs: tuple[str, ...] = ()
    kind: str = ""
    only_open: bool = True
    position: Position | None = None
    place: Division | None = None
    spot: Spot | None = None
    choices: tuple[Choice, ...] = ()
    is_rough: bool = False
    errors: dict[str, Text] = field(default_factory=dict)

    @property
    def criteria(self) -> Criteria | None:
        """What to look for, or None while nobody has said where or by which words."""
        words = "" if "q" in self.errors else self.words
        if self.position is None and (not words or self.choices):
            return None
        return Criteria(
            near=self.position or MIDDLE,
            wanted=facilities.wanted(self.needs, self.kind),
            only_open=self.only_open,
            words=words,
        )

    @property
    def is_somewhere(self) -> bool:
        """Whether distances mean anything."""
        return self.position is not None

    @property
    def is_exact(self) -> bool:
        """Whether walks can be said: it is where they stand, not the middle of a county."""
        is_point = self.place is None and (self.spot is None or self.spot.is_exact)
        return self.position is not None and is_point

    @property
    def is_unsure(self) -> bool:
        """Whether it is to be said first which of several places is meant."""
        return bool(self.choices) and self.position is None

    @property
    def is_osm(self) -> bool:
        """Whether OpenStreetMap is to be named (ODbL 1.0, clause 4.3)."""
        return any(each.is_osm for each in (self.spot, *self.choices) if each)

    @property
    def around(self) -> str:
        """What the nearest are nearest to, in words; nothing where that is where they stand."""
        return self.spot.name if self.spot else self.place.name if self.place else ""


def read(params: QueryDict, begins_at: Division | None = None) -> Question:
    """The question in the address's parameters: q, near, address, spot (one of the choices of an
    address; `spot_of` is the address it was one of), division, need (many), kind and open ("all":
    shut ones too). Where it names no place it is about `begins_at`."""
    errors: dict[str, Text] = {}
    words, near = params.get("q", "").strip(), params.get("near", "").strip()
    address, code = params.get("address", "").strip(), params.get("division", "").strip()
    if len(words) > LONGEST:
        errors["q"] = _("Please keep to 60 characters.")
    kind = params.get("kind", "")
    question = Question(
        words=words,
        address=address,
        near=near,
        needs=tuple(key for key in facilities.BY_KEY if key in params.getlist("need")),
        kind=kind if kind in Kind.values else "",
        only_open=params.get("open") != "all",
        errors=errors,
    )
    if near:
        try:
            return replace(question, position=parse_position(near))
        except BadPosition as bad:
            errors["near"] = BAD_POSITION[bad.reason]
    spot = params.get("spot", "").strip()
    if spot and params.get("spot_of", address).strip() == address:
        return at_chosen(question, spot)
    if address:
        return at_address(question, begins_at)
    division = begins_at
    if code:
        division = regions.find_division(code)
        if division is None:
            errors["division"] = _("There is no such division. Choose the place from the list.")
    return at_division(question, division)


def at_chosen(question: Question, key: str) -> Question:
    """The same at one of the choices."""
    spot = spots.find_spot(key)
    if spot is None:
        question.errors["address"] = _("This place is no longer known here. Type it again.")
        return question
    return replace(question, spot=spot, position=spot.position)


def at_address(question: Question, begins_at: Division | None = None) -> Question:
    """The same where the address is, of several around `begins_at`."""
    if len(question.address) > LONGEST:
        question.errors["address"] = _("Please keep to 60 characters.")
        return question
    reading = spots.read_address(question.address.replace("\0", " "), begins_at)
    if not (reading.spot or reading.division or reading.spots):
        question.errors["address"] = _(
            "We could not find this place. Try a street, a station or a square nearby, or the name"
            " of the county."
        )
        return question
    others = replace(question, choices=choices_of(reading), is_rough=reading.is_rough)
    if reading.spot:
        return replace(others, spot=reading.spot, position=reading.spot.position)
    return at_division(others, reading.division)


def around_words(question: Question, begins_at: Division | None) -> Question | None:
    """The question whose words are no name of a place of ours as one about what is near them:
    火车站. None where they mean nothing on the map either."""
    if question.near or question.address or "q" in question.errors:
        return None
    asked = replace(question, words="", address=question.words, errors={}, place=None)
    found = at_address(replace(asked, position=None), begins_at)
    return None if found.errors else found


def choices_of(reading: spots.Reading) -> tuple[Choice, ...]:
    """What else an address may mean, in words: divisions, then what lies in them. Two queries."""
    codes = {each.division for each in reading.spots if each.division}
    known = {each.code: each for each in reading.divisions}
    known |= {each.code: each for each in Division.objects.filter(code__in=codes - known.keys())}
    full = regions.full_names(known.values())
    divisions = [Choice(full[each.code], "", division=each.code) for each in reading.divisions]
    spots_there = (spot_choice(each, known.get(each.division), full) for each in reading.spots)
    return (*divisions, *spots_there)


def spot_choice(spot: Spot, division: Division | None, full: Mapping[str, str]) -> Choice:
    """A spot as a choice. Two landmarks of one name in one county are told apart by where they lie
    from its seat."""
    district = spot.district or full.get(spot.division, "")
    middle = point_of(division)
    if spot.is_landmark and middle is not None:
        metres = great_circle_metres(middle, spot.position)
        there = {"division": district, "km": f"{metres / 1_000:.1f}"}
        district = str(SIDES[direction(middle, spot.position)] % there)
    return Choice(spot.name, district, spot=spot.key, is_osm=spot.is_osm)


def at_division(question: Question, division: Division | None) -> Question:
    """The same around the point that stands for a division."""
    position = point_of(division)
    if position is None:
        return question
    return replace(question, place=division, position=position)
