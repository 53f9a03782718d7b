"""Which cases belong together, and which may be made one."""

import datetime as dt
import uuid
from collections.abc import Collection

#: What a duplicate ends with, until what it was merged into has ended.
MERGED = "merged"
#: How long before a case another about the same employer is thought to be the same matter.
SAME_MATTER_DAYS = 60
#: How long before a case the same person's asking for the same is.
SAME_PERSON_DAYS = 180
#: How many proposals one case gets: the latest.
MOST_PROPOSALS = 5


def since(now: dt.datetime, days: int) -> dt.datetime:
    """From when on an earlier case is looked at."""
    return now - dt.timedelta(days=days)


def is_spoken_of(hidden_here: Collection[uuid.UUID], hidden_there: Collection[uuid.UUID]) -> bool:
    """Whether the timeline of one case may say that there is another: only when whoever is kept
    from the other by a tie or by name is kept from this one as well. Else the word "linked" alone
    would betray a complaint to the people it is about (promise 1)."""
    return set(hidden_there) <= set(hidden_here)


def are_hidden_alike(one: Collection[uuid.UUID], other: Collection[uuid.UUID]) -> bool:
    """Whether two cases are kept from the very same people, so that one may end in the other."""
    return set(one) == set(other)
