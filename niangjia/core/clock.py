"""The clock services are handed. Nothing else asks what time it is."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

_stopped_at: ContextVar[dt.datetime | None] = ContextVar("stopped_at", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _stopped_at.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The calendar day in China, which is what deadlines are counted in."""
    return now().astimezone(CHINA).date()


@contextmanager
def stopped_at(moment: dt.datetime) -> Iterator[None]:
    """Within the block, in this context only, `now()` is `moment`."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)
