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


@dataclass(frozen=True)
class Counted:
    """How many ratings of each level: in all, by item, by month ("2026-11")."""

    levels: Counter[int] = field(default_factory=Counter)
    items: dict[str, Counter[int]] = field(default_factory=dict)
    months: dict[str, Counter[int]] = field(default_factory=dict)


def counted(figures: Mapping[str, int], *, item_key: str | None = None) -> Counted:
    """What a union's figures say of its ratings; of one item alone if that is asked."""
    found = Counted()
    for name, value in figures.items():
        if not name.startswith(FAMILY):
            continue
        item, month, level = name.removeprefix(FAMILY).rsplit(":", 2)
        if item_key is not None and item != item_key:
            continue
        found.levels[int(level)] += value
        found.items.setdefault(item, Counter())[int(level)] += value
        found.months.setdefault(f"20{month[:2]}-{month[2:]}", Counter())[int(level)] += value
    return found
