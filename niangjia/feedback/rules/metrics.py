"""How ratings are counted up the tree: one metric for each item, month and level.

"ratings:<item key>:<yymm>:<level>". Months are those of China. Ratings of protected subjects are
counted nowhere.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from niangjia.core import clock
from niangjia.feedback.models import Level

FAMILY = "ratings:"
#: The levels of a distribution, the best first.
LEVELS = tuple(Level.values)

Distribution = Mapping[int, int]


def metric(item_key: str, rated_at: dt.datetime, level: int) -> str:
    """What a rating is counted as."""
    return f"{FAMILY}{item_key}:{rated_at.astimezone(clock.CHINA):%y%m}:{level}"


#: Distributions by month ("2026-11").
Months = dict[str, Counter[int]]


@dataclass(frozen=True)
class Counted:
    """How many ratings of each level, by month: in all, and by item."""

    months: Months = field(default_factory=dict)
    items: dict[str, Months] = field(default_factory=dict)


def month_of(moment: dt.datetime) -> str:
    """Its month in China: "2026-11"."""
    return f"{moment.astimezone(clock.CHINA):%Y-%m}"


def counted(figures: Mapping[str, int], *, before: str, item_key: str | None = None) -> Counted:
    """What a union's figures say of its ratings in the months before `before`; of one item alone if
    that is asked."""
    found = Counted()
    for name, value in figures.items():
        if not name.startswith(FAMILY):
            continue
        item, month, level = name.removeprefix(FAMILY).rsplit(":", 2)
        if item_key is not None and item != item_key:
            continue
        name = f"20{month[:2]}-{month[2:]}"
        if name < before:
            for months in (found.months, found.items.setdefault(item, {})):
                months.setdefault(name, Counter())[int(level)] += value
    return found
