"""What time does to many things, one by one."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from niangjia.core import transactions

logger = logging.getLogger(__name__)
T = TypeVar("T")


def each(found: Iterable[T], act: Callable[[T], int], *, what: str) -> int:
    """Do `act`, a transaction of its own, to each; says how much it did in all.

    One that fails is written to the log as `what`, counts as nothing done and holds nobody back:
    the next sweep tries it again. Only while the database does not answer there is no sense in
    going on; that is raised.
    """
    done = 0
    for one in found:
        try:
            done += act(one)
        except Exception as error:
            if transactions.is_away(error):
                raise
            logger.exception("%s %s could not be dealt with", what, one)
    return done
