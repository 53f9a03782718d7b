"""The question a visitor asks, as it stands in the address: what is needed, where, by which words.

A wrong part is answered beside its field, and the rest still counts.
"""

from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.places.models import Kind
from niangjia.places.rules import facilities
from niangjia.places.rules.finding import MIDDLE, Criteria
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division

LONGEST = 60
BAD_POSITION: dict[str, Text] = {
    "unreadable": _("Give the position as latitude,longitude in degrees, such as 29.31,120.07."),
    "out-of-range": _("There is no such place: latitudes go to 90 degrees, longitudes to 180."),
    "swapped": _("Latitude and longitude seem to be swapped: the latitude comes first."),
}


@dataclass(frozen=True)
class Question:
    """What was asked and how it was understood. `place`: the division whose centre stands for where
    somebody is; None when they said exactly where, or nothing at all."""

    words: str = ""
    address: str = ""
    near: str = ""
    needs: tuple[str, ...] = ()
    kind: str = ""
    only_open: bool = True
    position: Position | None = None
    place: Division | None = None
    alternatives: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)

    @property
    def criteria(self) -> Criteria | None:
        """What to look for, or None while nobody has said where or by which words."""
        words = "" if "q" in self.errors else self.words
        if self.position is None and not words:
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
        return self.position is not None and self.place is None


def read(params: QueryDict, begins_at: Division | None = None) -> Question:
    """The question in the address's parameters: q, near, address, division, need (many), kind and
    open ("all": shut ones too). Where it names no place it is about `begins_at`."""
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
    if address:
        return at_address(question)
    division = begins_at
    if code:
        division = regions.find_division(code)
        if division is None:
            errors["division"] = _("There is no such division. Choose the place from the list.")
    return at_division(question, division)


def at_address(question: Question) -> Question:
    """The same at the division that the address names."""
    if len(question.address) > LONGEST:
        question.errors["address"] = _("Please keep to 60 characters.")
        return question
    match = regions.match_address(question.address.replace("\0", " "))
    if match.division is None:
        question.errors["address"] = _(
            "We could not find this place. Try its full name, or choose it from the list."
        )
        return question
    alternatives = regions.full_names(match.alternatives)
    return at_division(replace(question, alternatives=alternatives), match.division)


def at_division(question: Question, division: Division | None) -> Question:
    """The same around the point that stands for a division."""
    if division is None or division.longitude is None or division.latitude is None:
        return question
    position = Position(division.longitude, division.latitude)
    return replace(question, place=division, position=position)
