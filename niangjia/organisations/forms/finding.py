"""The question a visitor asks on the find page, as it stands in the address.

Every answer there can be reloaded, sent to a friend and gone back to; a wrong part is answered
beside its field, and the rest still counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.models import Kind, WorkerKind
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.organisations.selectors import Criteria
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division
from niangjia.regions.rules.codes import COUNTRY_CODE

Text = str | Promise

LONGEST = 100
BAD_POSITION: dict[str, Text] = {
    "unreadable": _("Give the position as latitude,longitude in degrees, such as 29.31,120.07."),
    "out-of-range": _("There is no such place: latitudes go to 90 degrees, longitudes to 180."),
    "swapped": _("Latitude and longitude seem to be swapped: the latitude comes first."),
}
TOO_LONG = _("Please keep to 100 characters.")
UNKNOWN_PLACE = _("We could not find this place. Try its full name, or choose it from the list.")
UNKNOWN_DIVISION = _("There is no such division. Choose the place from the list.")


@dataclass(frozen=True)
class Question:
    """What was asked and how it was understood. `errors` are by the name of the field;
    `is_default`: the division is where the visitor's pages begin, the address does not say it."""

    words: str = ""
    address: str = ""
    near: str = ""
    kind: str = ""
    admits: str = ""
    division: Division | None = None
    understood: Division | None = None
    alternatives: dict[str, str] = field(default_factory=dict)
    position: Position | None = None
    errors: dict[str, Text] = field(default_factory=dict)
    is_default: bool = False

    @property
    def criteria(self) -> Criteria:
        """What to look for; a wrong part is left out."""
        return Criteria(
            words="" if "q" in self.errors else self.words,
            division=self.division.code if self.division else "",
            kind=self.kind,
            admits=self.admits,
            near=self.position,
        )

    @property
    def place(self) -> Division | None:
        """Where this is about, as far as known."""
        return self.division or self.understood

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for anything beyond the place."""
        return bool(self.words or self.kind or self.admits)

    def everywhere(self) -> "Question":
        """The same of the whole country."""
        return replace(self, division=None, is_default=False)


def read(params: Mapping[str, str], begins_at: Division | None = None) -> Question:
    """The question in the address's parameters: q, address, near, division, kind, admits. Where it
    names no place by any of them, it is about `begins_at`; the country's code asks for all."""
    errors: dict[str, Text] = {}
    words, address = params.get("q", "").strip(), params.get("address", "").strip()
    near, code = params.get("near", "").strip(), params.get("division", "").strip()
    if len(words) > LONGEST:
        errors["q"] = TOO_LONG
    position = None
    if near:
        try:
            position = parse_position(near)
        except BadPosition as error:
            errors["near"] = BAD_POSITION[error.reason]
    division: Division | None = None
    if code and code != COUNTRY_CODE:
        division = regions.find_division(code)
        if division is None:
            errors["division"] = UNKNOWN_DIVISION
    is_default = begins_at is not None and not (code or near or address)
    understood: Division | None = None
    alternatives: dict[str, str] = {}
    if len(address) > LONGEST:
        errors["address"] = TOO_LONG
    elif address and not position:
        understood, alternatives = understand(address, errors)
        position = centre_of(understood)
    kind, admits = params.get("kind", ""), params.get("admits", "")
    return Question(
        words=words,
        address=address,
        near=near,
        kind=kind if kind in Kind.values else "",
        admits=admits if admits in WorkerKind.values else "",
        division=begins_at if is_default else division,
        is_default=is_default,
        understood=understood,
        alternatives=alternatives,
        position=position,
        errors=errors,
    )


def understand(address: str, errors: dict[str, Text]) -> tuple[Division | None, dict[str, str]]:
    """The place an address names, and those it may mean besides: code → full name, since their
    short ones are all the same."""
    match = regions.match_address(address.replace("\0", " "))
    if match.division is None:
        errors["address"] = UNKNOWN_PLACE
    return match.division, regions.full_names(match.alternatives)


def centre_of(division: Division | None) -> Position | None:
    """The point that stands for a division."""
    if division is None or division.longitude is None or division.latitude is None:
        return None
    return Position(division.longitude, division.latitude)
