"""Trying again when the database says that two transactions met (promise 27)."""

import functools
import hashlib
import secrets
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

P = ParamSpec("P")
R = TypeVar("R")

#: Serialisation failure, deadlock, lock not available.
PASSING = {"40001", "40P01", "55P03"}
#: Shut down by its keeper, crashed, still starting, no connection left. Where nobody answers there
#: is no code at all.
AWAY = {"57P01", "57P02", "57P03", "53300"}
TRIES = 4
FIRST_WAIT_SECONDS = 0.02


def is_passing(error: BaseException) -> bool:
    """Whether the same transaction may well succeed when it is tried again."""
    return getattr(error.__cause__, "sqlstate", None) in PASSING


def is_away(error: BaseException) -> bool:
    """Whether the database server does not answer: it is stopped, starts, or takes nobody more."""
    cause = error.__cause__
    if not isinstance(error, OperationalError | InterfaceError) or not isinstance(
        cause, psycopg.OperationalError | psycopg.InterfaceError
    ):
        return False
    return cause.sqlstate is None or cause.sqlstate[:2] == "08" or cause.sqlstate in AWAY


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

    @functools.wraps(service)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        answer = service(*args, **kwargs)
        # What waits may be refused: its service is told so, and not whoever commits.
        connection.send_waiting()  # type: ignore[attr-defined]
        return answer

    return retrying(transaction.atomic(whole))


def hold(what: str) -> None:
    """Until this transaction ends, whoever else holds `what` waits. For what has no row to lock."""
    lock = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def busy() -> errors.Conflict:
    """What somebody is told whose transaction met others too often."""
    return errors.Conflict(
        _("Many people are at this just now. Try again in a moment."), code="busy"
    )


def away() -> errors.Unavailable:
    """What somebody is told while the database server does not answer. Whether the last thing they
    sent was still written nobody can know, so it promises no more than it can."""
    return errors.Unavailable(
        _("We will be back in a moment. Our records do not answer just now."), code="away"
    )
