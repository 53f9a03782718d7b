"""When somebody without an account hears by text message that there is news."""

import datetime as dt

from niangjia.core.clock import CHINA

#: What happens within minutes is one message.
SOON = dt.timedelta(minutes=5)
#: Nobody is sent more than one in a day: it says the same each time.
PAUSE = dt.timedelta(days=1)
#: Nobody is woken: from the first hour on, until before the last, in China.
MORNING, NIGHT = dt.time(8), dt.time(21)


def moment_of(now: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    """When to send a message about what has happened `now`, where the last one went out, or goes
    out, at `last`."""
    at = (now + SOON if last is None else max(now + SOON, last + PAUSE)).astimezone(CHINA)
    if at.time() >= NIGHT:
        at = dt.datetime.combine(at.date() + dt.timedelta(days=1), MORNING, CHINA)
    elif at.time() < MORNING:
        at = dt.datetime.combine(at.date(), MORNING, CHINA)
    return at.astimezone(dt.UTC)
