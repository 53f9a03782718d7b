"""Where somebody looks around, as the address of a list says it: a position, a division, or where
they have been before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division
from niangjia.regions.rules.codes import COUNTRY_CODE

LONGEST = 60


@dataclass(frozen=True)
class AskedPlace:
    """`near` as typed and as `position`; the `division` asked for, which is theirs by default where
    the address names none (`is_default`). `errors` are by the name of the field."""

    words: str = ""
    near: str = ""
    position: Position | None = None
    division: Division | None = None
    is_default: bool = False
    errors: dict[str, Text] = field(default_factory=dict)


def read_asked_place(params: Mapping[str, str], begins_at: Division | None = None) -> AskedPlace:
    """What q, near and division say. A wrong part is answered beside its field, and the rest still
    counts; the country's code asks for everywhere."""
    errors: dict[str, Text] = {}
    words, near = params.get("q", "").strip(), params.get("near", "").strip()
    if len(words) > LONGEST:
        errors["q"] = _("Please keep to 60 characters.")
    position = None
    if near:
        try:
            position = parse_position(near)
        except BadPosition:
            errors["near"] = _("Give the position as latitude,longitude in degrees.")
    code = params.get("division", "").strip()
    division = None
    if code and code != COUNTRY_CODE:
        division = regions.find_division(code)
        if division is None:
            errors["division"] = _("There is no such division. Choose the place from the list.")
    is_default = begins_at is not None and not code and position is None
    return AskedPlace(
        words, near, position, begins_at if is_default else division, is_default, errors
    )
