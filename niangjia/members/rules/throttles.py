"""How often something may be tried, and when to come back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """At most `count` within `seconds`."""

    count: int
    seconds: int


#: Per phone: once a minute, five an hour, ten a day.
CODES_PER_PHONE = (Limit(1, 60), Limit(5, 3600), Limit(10, 86_400))
#: Per address: a dormitory behind one router must still get in.
CODES_PER_ADDRESS = (Limit(60, 3600), Limit(300, 86_400))
WRONG_CODES_PER_PHONE = (Limit(15, 3600),)
WRONG_CODES_PER_ADDRESS = (Limit(60, 3600),)
#: The identity service is asked a bounded number of times for one account.
IDENTITY_CHECKS = (Limit(5, 86_400),)
#: Whether a document is known here is told to whoever names it: not to who goes through a list.
IDENTITY_CLAIMS = (Limit(10, 86_400),)


def wait_seconds(
    tried_at: Sequence[dt.datetime], limits: Sequence[Limit], *, now: dt.datetime
) -> int:
    """Whole seconds until one more try is allowed; 0 when it is allowed now."""
    wait = 0.0
    for limit in limits:
        recent = sorted(at for at in tried_at if at > now - dt.timedelta(seconds=limit.seconds))
        if len(recent) >= limit.count:
            free_at = recent[-limit.count] + dt.timedelta(seconds=limit.seconds)
            wait = max(wait, (free_at - now).total_seconds())
    return int(wait) + 1 if wait > 0 else 0
