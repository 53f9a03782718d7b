"""So many requests a minute from one account, or one address when nobody is signed in."""

import datetime as dt
import threading
from typing import Any

from django.conf import settings

from niangjia.core import clock, request_counts

WINDOW_SECONDS = 60
#: A process tells the others after so many requests of one asker, so that a visitor who makes a few
#: costs nothing. Together they let through at most (processes x (this - 1)) more than the limit.
REPORT_EVERY = 20


class Counter:
    """What this process has counted in the present minute, and what all have, as last heard."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.minute = 0
        self.unreported: dict[str, int] = {}
        self.heard: dict[str, int] = {}

    def add(self, who: str, minute: int, limit: int) -> int:
        """Count one request of `who`; the best known number of all processes."""
        batch = max(1, min(REPORT_EVERY, limit // REPORT_EVERY))
        with self.lock:
            if minute != self.minute:
                self.minute, self.unreported, self.heard = minute, {}, {}
            heard = self.heard.get(who, 0)
            if heard > limit:
                return heard
            here = self.unreported.get(who, 0) + 1
            self.unreported[who] = 0 if here >= batch else here
            if here < batch:
                return heard + here
        heard = request_counts.add(who=who, minute=minute, count=here)
        with self.lock:
            if minute == self.minute:
                self.heard[who] = heard
        return heard


counter = Counter()


def wait_for(asker: Any, now: dt.datetime | None = None) -> int:
    """Count one request of `asker` (an account or an address). Seconds to wait; 0 to go on."""
    limit = settings.NIANGJIA_API_REQUESTS_PER_MINUTE
    if not limit:
        return 0
    minute, second = divmod(int((now or clock.now()).timestamp()), WINDOW_SECONDS)
    if counter.add(str(getattr(asker, "pk", asker)), minute, limit) <= limit:
        return 0
    return WINDOW_SECONDS - second
