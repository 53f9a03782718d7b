"""A telephone system that nobody owns: it plays a stretch of calls as a real one would report them,
hidden numbers, impatient callers, reports out of order and reports twice included."""

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Iterator

from niangjia.hotline.rules.telephony import Event, Kind

#: A whole number from the first to the second, both included.
Draw = Callable[[int, int], int]
#: How many of a hundred calls: hang up while they wait, hide their number, are reported out of
#: order, have a report sent twice; how many that were answered press a key afterwards.
ABANDONED, HIDDEN, SWAPPED, TWICE, PRESSED = 7, 5, 10, 10, 40
#: Which key: most are content.
KEYS = "1111111222222333345"


def chance(low: int, high: int) -> int:
    """A draw that nobody foresees."""
    return low + secrets.randbelow(high - low + 1)


def calls(
    line: str,
    *,
    began_at: dt.datetime,
    number: int,
    minutes: int,
    speed: float = 1.0,
    draw: Draw = chance,
) -> Iterator[tuple[dt.datetime, Event]]:
    """When each report of `number` calls to `line` arrives, in this order, and the report. The
    calls begin within `minutes` of `began_at`; at `speed` 60 an hour passes in a minute. Numbers
    begin with 154, which is given to nobody."""
    reports: list[tuple[dt.datetime, Event]] = []
    for _ in range(number):
        at = began_at + dt.timedelta(seconds=draw(0, minutes * 60) / speed)
        reports += arrivals(one_call(line, at, speed, draw), speed, draw)
    yield from sorted(reports, key=lambda each: each[0])


def one_call(line: str, at: dt.datetime, speed: float, draw: Draw) -> list[Event]:
    """The reports of one call, in the order in which things happened."""
    call = f"played-{uuid.UUID(int=draw(0, 2**122), version=4)}"
    caller = "" if draw(1, 100) <= HIDDEN else f"154{draw(10_000_000, 99_999_999)}"

    def event(kind: Kind, seconds: int, **fields: str) -> Event:
        moment = at + dt.timedelta(seconds=seconds / speed)
        return Event(line, f"{call}-{kind}", call, kind, moment, **fields)

    rings = event(Kind.RINGING, 0, caller=caller)
    wait, talk = draw(3, 45), draw(40, 600)
    if draw(1, 100) <= ABANDONED:
        return [rings, event(Kind.ABANDONED, wait)]
    rated = []
    if draw(1, 100) <= PRESSED:
        key = KEYS[draw(0, len(KEYS) - 1)]
        rated = [event(Kind.RATED, wait + talk + 12, pressed=key)]
    return [
        rings,
        event(Kind.ANSWERED, wait),
        event(Kind.ENDED, wait + talk),
        *rated,
        event(Kind.RECORDING, wait + talk + 20, recording=f"recordings/{call}"),
    ]


def arrivals(happened: list[Event], speed: float, draw: Draw) -> list[tuple[dt.datetime, Event]]:
    """When each report arrives: a moment after it happened, now and then after the next one, now
    and then twice."""
    found = []
    for event in happened:
        late = 900 if draw(1, 100) <= SWAPPED else draw(0, 2)
        found.append((event.at + dt.timedelta(seconds=late / speed), event))
        if draw(1, 100) <= TWICE:
            found.append((event.at + dt.timedelta(seconds=(late + 3) / speed), event))
    return found
