"""What is wrong with a row of a list, once its division, point and surroundings are at hand."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules import listing as listings
from niangjia.places.rules import points
from niangjia.places.rules.listing import Listing
from niangjia.places.rules.lists import values
from niangjia.places.rules.lists.values import Defaults, Said
from niangjia.places.rules.points import Fault
from niangjia.regions.models import Division

SURE, SWAP, SYSTEM, DIVISION = "sure", "swap", "system:", "division:"
LANGUAGES = (("zh", "zh-hans"), ("en", "en"))


@dataclass(frozen=True)
class Place:
    """Where a row says it is: the division, or why none was found."""

    division: Division | None
    problem: Text = ""


def mended(
    given: dict[str, str], defaults: Defaults, mends: Collection[str]
) -> tuple[dict[str, str], Defaults]:
    """A row as an officer let us put it right."""
    for mend in mends:
        if mend == SWAP:
            given = swapped(given)
        elif mend.startswith(SYSTEM):
            defaults = replace(defaults, system=mend.removeprefix(SYSTEM))
        elif mend.startswith(DIVISION):
            given = {**given, "adcode": mend.removeprefix(DIVISION)}
    return given, defaults


def swapped(given: dict[str, str]) -> dict[str, str]:
    """Longitude and latitude the other way round, in one cell or in two."""
    if match := values.PAIR.fullmatch(given.get("location", "")):
        return {**given, "location": f"{match[2]},{match[1]}"}
    return {
        **given,
        "longitude": given.get("latitude", ""),
        "latitude": given.get("longitude", ""),
    }


def listing_of(said: Said, division: Division) -> Listing:
    """A row as a listing. Only of one with a point."""
    assert said.point is not None  # noqa: S101 - the caller looked
    known = {"name": "", "address": "", "hours": "", **said.values}
    names = set(Listing.__dataclass_fields__)
    fitting = {key: value for key, value in known.items() if key in names}
    fitting["facilities"] = tuple(fitting.get("facilities", ()))  # type: ignore[arg-type]
    return Listing(
        **fitting,  # type: ignore[arg-type]
        division=division,
        longitude=said.point.longitude,
        latitude=said.point.latitude,
    )


def faults_of(
    said: Said,
    where: Place,
    trusted: Collection[Position] = (),
    fault: Fault | None = None,
) -> dict[str, Fault]:
    """What is wrong, by field, in the language now active. `fault`: what its surroundings say
    against its point."""
    found = {key: Fault(words) for key, words in said.problems.items()}
    if where.division is None:
        found["place"] = Fault(where.problem)
        return found
    if said.point is None:
        return found
    listing = listing_of(said, where.division)
    found |= {
        key: Fault(words) for key, words in listings.problems(listing).items() if key not in found
    }
    if "hours" not in said.values and "hours" not in said.problems:
        found["hours"] = Fault(
            _("It is not said when it is open. Write it, or choose hours for all that do not say.")
        )
    numbers = None
    if "point" in found:  # and what would put it right
        numbers = points.find_fault(said.point.longitude, said.point.latitude, where.division)
    about_point = numbers or points.system_fault(said.point, trusted) or fault
    if about_point:
        found["point"] = about_point
    return found
