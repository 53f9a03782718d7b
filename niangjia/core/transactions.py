"""Trying again when the database says that two transactions met (promise 27)."""

import functools
import secrets
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

P = ParamSpec("P")
R = TypeVar("R")

#: Serialisation failure, deadlock, lock not available.
PASSING = {"40001", "40P01", "55P03"}
TRIES = 4
FIRST_WAIT_SECONDS = 0.02


def is_passing(error: BaseException) -> bool:
    """Whether the same transaction may well succeed when it is tried again."""
    return getattr(error.__cause__, "sqlstate", None) in PASSING


def retrying(service: Callable[P, R]) -> Callable[P, R]:
    """Run `service` again, up to four times in all, when it met another transaction.

    It goes around `transaction.atomic`, and the service must act on the database alone. Inside
    somebody else's transaction it does nothing: that one as a whole has to be tried again. Raises
    `Conflict` when it still does not succeed.
    """

    @functools.wraps(service)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return service(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                return service(*args, **kwargs)
            except OperationalError as error:
                if not is_passing(error):
                    raise
                if attempt == TRIES:
                    raise busy() from error
                time.sleep(FIRST_WAIT_SECONDS * 2**attempt * (1 + secrets.randbelow(100) / 100))
        raise AssertionError("unreachable")

    return tried


def atomic(service: Callable[P, R]) -> Callable[P, R]:
    """The transaction of a service that is a door: all of it or nothing, and tried again when it
    met another one (see `retrying`). Called by another service it is a part of that one's."""
    return retrying(transaction.atomic(service))


def busy() -> errors.Conflict:
    """What somebody is told whose transaction met others too often."""
    return errors.Conflict(
        _("Many people are at this just now. Try again in a moment."), code="busy"
    )
