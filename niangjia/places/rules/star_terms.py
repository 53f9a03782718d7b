"""How much the rules of the stars ask for: numbers that a province or a city sets for itself.

What is asked is the same in the whole country (`rules.stars`); how much of it differs, as land is
dear in one place and not in another. The whole set of the nearest union above holds.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.models import Kind, Union

#: How deep a city is in the tree, below a province and the root: nobody further down has their own.
DEEPEST = 2


@dataclass(frozen=True)
class Terms:
    """Square metres without which a station has at most two, three or four stars; of a hundred days
    so many ticked in time, else three or four at most; within how many days it was inspected, and
    how many further facilities there are, for five."""

    area_two: int = 10
    area_three: int = 20
    area_four: int = 30
    on_time_three: int = 80
    on_time_four: int = 95
    inspected_days: int = 180
    extended: int = 3

    def values(self) -> dict[str, int]:
        """As they are kept, and named in the words of the rules."""
        return asdict(self)


NATIONAL = Terms()
LABELS: dict[str, Text] = {
    "area_two": _("Square metres; below that two stars at most"),
    "area_three": _("Square metres; below that three stars at most"),
    "area_four": _("Square metres for five stars"),
    "on_time_three": _("Open in time on so many of 100 days; below that three stars at most"),
    "on_time_four": _("Open in time on so many of 100 days for five stars"),
    "inspected_days": _("Inspected within so many days, for five stars"),
    "extended": _("Further facilities for five stars"),
}
#: The least and the most that can be asked.
BOUNDS = {
    **dict.fromkeys(("area_two", "area_three", "area_four"), (1, 200)),
    **dict.fromkeys(("on_time_three", "on_time_four"), (50, 100)),
    "inspected_days": (30, 365),
    "extended": (0, 14),
}
#: Whoever has more stars is asked for no less.
RISING = (
    ("area_two", "area_three"),
    ("area_three", "area_four"),
    ("on_time_three", "on_time_four"),
)


def outside(name: str) -> Text:
    """What is said of a number that is not within its bounds."""
    least, most = BOUNDS[name]
    return _("From %(least)s to %(most)s.") % {"least": least, "most": most}


def problems(values: Mapping[str, int]) -> dict[str, Text]:
    """What is wrong with a set of terms, by field."""
    found: dict[str, Text] = {
        name: outside(name)
        for name, (least, most) in BOUNDS.items()
        if not least <= values[name] <= most
    }
    for lower, higher in RISING:
        if values[higher] < values[lower]:
            found.setdefault(higher, _("More stars cannot ask for less."))
    return found


def may_have_own(union: Union) -> bool:
    """Whether a union can set terms: the federation of the country, of a province or of a city."""
    return union.kind == Kind.FEDERATION and union.depth <= DEEPEST
