"""How somebody stands in line, and when it is worth looking again: pure."""

import datetime as dt
from enum import StrEnum

from niangjia.allocation.models.choices import ClaimState

#: A page looks again no more often and no less often than this, in seconds.
SOON, LATER, LATEST = 3, 30, 300


class Stage(StrEnum):
    """What a page says of somebody and a pool. Of two that hold, the first one here is said."""

    OFFERED = "offered"
    HELD = "held"
    YOURS = "yours"
    WAITING = "waiting"
    GATHERED = "gathered"
    ENTERED = "entered"
    CANCELLED = "cancelled"
    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


OF_STATE = {
    ClaimState.OFFERED: Stage.OFFERED,
    ClaimState.HELD: Stage.HELD,
    ClaimState.CONFIRMED: Stage.YOURS,
    ClaimState.WAITING: Stage.WAITING,
    ClaimState.ENTERED: Stage.ENTERED,
}


def stage_of(
    state: str | None,
    *,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    is_cancelled: bool,
    is_gathering: bool,
    now: dt.datetime,
) -> Stage:
    """What is said of somebody whose live claim is in `state` (None: they have none)."""
    stage = OF_STATE.get(ClaimState(state)) if state else None
    if stage == Stage.ENTERED and is_gathering:
        return Stage.GATHERED
    if stage:
        return stage
    if is_cancelled:
        return Stage.CANCELLED
    if now < opens_at:
        return Stage.BEFORE
    return Stage.OPEN if now < closes_at else Stage.OVER


def seconds_until_news(
    stage: Stage,
    *,
    opens_at: dt.datetime,
    gathers_until: dt.datetime,
    expires_at: dt.datetime | None,
    now: dt.datetime,
) -> int | None:
    """After how many seconds a page asks again how things stand; None: nothing comes by itself."""
    if stage == Stage.BEFORE:
        return between(SOON, opens_at - now, LATEST)
    if stage == Stage.GATHERED:
        return between(SOON, gathers_until - now, LATER)
    if stage in (Stage.OFFERED, Stage.HELD) and expires_at:
        return between(SOON, expires_at - now, LATEST)
    return LATER if stage in (Stage.WAITING, Stage.ENTERED, Stage.OPEN) else None


def between(low: int, wanted: dt.timedelta, high: int) -> int:
    """`wanted`, rounded up to the next second, within bounds."""
    return min(max(low, int(wanted.total_seconds()) + 1), high)
