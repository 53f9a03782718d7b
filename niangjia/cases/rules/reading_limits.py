"""How many cases one officer opens: whoever opens more is collecting them (promise 8)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """So many different cases in so long."""

    cases: int
    span: dt.timedelta


#: Nobody reads more cases that others handle, or that are not due, with any care.
LIMITS = (Limit(40, dt.timedelta(hours=1)), Limit(150, dt.timedelta(days=1)))
LONGEST = max(limit.span for limit in LIMITS)
#: A case of one's own union whose term ends within this, or ended within it, has to be looked at.
NEWLY_DUE = dt.timedelta(days=1)


def is_counted(
    *, is_assigned: bool, is_at_work: bool, next_due_at: dt.datetime, now: dt.datetime
) -> bool:
    """Whether opening a case counts: neither assigned to the officer, nor newly due at a union
    whose work is theirs."""
    newly_due = abs(next_due_at - now) <= NEWLY_DUE
    return not is_assigned and not (is_at_work and newly_due)


def reached(opened: Sequence[dt.datetime], now: dt.datetime) -> Limit | None:
    """The limit that no further case fits into, given when others were first opened."""
    for limit in LIMITS:
        if sum(moment > now - limit.span for moment in opened) >= limit.cases:
            return limit
    return None
