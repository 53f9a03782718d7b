"""Places as officers name them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid, NotFound, Text
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division

#: Whoever does not find it among so many writes another word.
OFFERED = 8


@dataclass(frozen=True)
class NamedPlace:
    """A division with the names of those above it: 浙江省金华市义乌市."""

    code: str
    name: str


def access_place(text: str, *, ticked: str = "", default: Division) -> Division:
    """The division with the code `ticked` if it is one of those that `text` offers, else the one
    `text` names, else, without text, `default`: where something is written down, nothing is
    guessed. Raises `Invalid` on "place"."""
    if ticked and any(place.code == ticked for place in suggest_places(text)):
        return regions.access_division(ticked)
    found = read_places([text], default=default)[text]
    if isinstance(found, Division):
        return found
    raise found


def read_places(texts: Collection[str], *, default: Division) -> dict[str, Division | Invalid]:
    """Of each text the division it names, or what `access_place` would raise. Three queries for
    some hundred texts; none where nothing is written."""
    written = {text for text in texts if text.strip()}
    own = name_of(default) if written else ""
    found = regions.read_addresses(written - {own})
    read = {text: refused(each) for text, each in found.items()}
    return {text: read.get(text, default) for text in texts}


def refused(found: Division | NotFound | Invalid) -> Division | Invalid:
    """The division; or in the words of a field what is wrong."""
    if isinstance(found, Division):
        return found
    unknown: Text = _("We do not know this place. Write it as 某省某市某县.")
    problem = found.message if isinstance(found, Invalid) else unknown
    return Invalid(problem, code="unknown-place", fields={"place": problem})


def names_of(divisions: Collection[Division]) -> dict[str, str]:
    """By code, full names as `access_place` understands them (浙江省金华市义乌市). One query."""
    named = {division.code: division.name for division in divisions}
    found = regions.full_names(divisions)
    return {code: found[code] or name for code, name in named.items()}


def name_of(division: Division) -> str:
    """Its full name. One query."""
    return names_of([division])[division.code]


def suggest_places(text: str) -> list[NamedPlace]:
    """The divisions `text` may mean: by the beginning of a name, pinyin or initials, or as an
    address; with their full names. Three queries at most."""
    divisions = regions.list_places(text, count=OFFERED)
    if not divisions and text.strip():
        match = regions.match_address(text)
        divisions = [place for place in (match.division, *match.alternatives) if place]
    return [NamedPlace(code, name) for code, name in names_of(divisions[:OFFERED]).items()]
