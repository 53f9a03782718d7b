"""How a place's ratings are told: by the rules of `feedback`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from niangjia.feedback.rules.metrics import Months, month_of
from niangjia.feedback.rules.publishing import Published, published, ten_at_a_time
from niangjia.feedback.rules.scores import PRIOR_MEAN
from niangjia.places.models import Kind

#: What `feedback` knows a rated visit by.
SUBJECT = "place_visit"


def item_key(kind: str) -> str:
    """Under which item places of a kind are rated: all of a union's are one."""
    return f"place-{kind}"


ITEMS = {item_key(kind): kind.label for kind in Kind}


def score(counted: Iterable[tuple[dt.datetime, int, int]], *, now: dt.datetime) -> Published:
    """What is said of (month's begin, level, how many): of closed months, ten voices at a time,
    drawn towards "satisfied" as if twenty more had said so (ADR 101)."""
    months: Months = {}
    for month, level, number in counted:
        months.setdefault(month_of(month), Counter())[level] += number
    this_month = month_of(now)
    closed = {name: levels for name, levels in months.items() if name < this_month}
    return published(ten_at_a_time(closed), towards=PRIOR_MEAN)
