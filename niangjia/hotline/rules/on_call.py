"""Whose turn it is to be fetched."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import Protocol

from niangjia.core import clock


class Duty(Protocol):
    """A place on an on-call list."""

    account_id: uuid.UUID
    from_time: dt.time
    until_time: dt.time


def is_on_call(duty: Duty, now: dt.datetime) -> bool:
    """Whether `now` lies in the hours of a duty, by the clock in China. Hours may run over
    midnight; from and until alike is the whole day."""
    at = now.astimezone(clock.CHINA).time()
    if duty.from_time < duty.until_time:
        return duty.from_time <= at < duty.until_time
    return at >= duty.from_time or at < duty.until_time


def next_in_turn(
    people: Sequence[uuid.UUID], paged: Sequence[Collection[uuid.UUID]]
) -> tuple[int, uuid.UUID] | None:
    """Whom to page next, and in which round: the first of `people`, in their order, who was not
    paged in the present round; when all were, the first again in the next. `paged` says whom each
    round so far has reached. None with nobody to page."""
    if not people:
        return None
    present = paged[-1] if paged else ()
    for account in people:
        if account not in present:
            return max(len(paged), 1), account
    return len(paged) + 1, people[0]
