"""A breaker: after repeated failures, stop asking for a while (promise 28)."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

T = TypeVar("T")


class Breaker:
    """Opens after `failures` failures in a row, for `seconds`; then one call tries again."""

    def __init__(
        self, *, failures: int = 5, seconds: float = 30, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit, self.seconds, self.clock = failures, seconds, clock
        self.failed = 0
        self.opened_at: float | None = None
        self.lock = threading.Lock()

    def call(self, function: Callable[[], T]) -> T:
        """`function()`, or `Unavailable` at once while open. `OSError` counts as a failure."""
        with self.lock:
            if self.opened_at is not None:
                if self.clock() - self.opened_at < self.seconds:
                    raise unavailable()
                self.opened_at = self.clock()  # this one call probes; others keep waiting
        try:
            result = function()
        except OSError as failure:
            with self.lock:
                self.failed += 1
                if self.failed >= self.limit:
                    self.opened_at = self.clock()
            raise unavailable() from failure
        with self.lock:
            self.failed, self.opened_at = 0, None
        return result


def unavailable() -> errors.Unavailable:
    """The service outside does not answer."""
    return errors.Unavailable(
        _("The service we need for this does not answer. Nothing is lost: try again in a minute.")
    )
