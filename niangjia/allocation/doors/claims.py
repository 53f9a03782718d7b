"""Many claims answered together, each with an answer of its own whatever becomes of the others."""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services
from niangjia.allocation.services import Answered, Ask
from niangjia.core import errors, transactions
from niangjia.core.errors import DomainError

logger = logging.getLogger(__name__)


def claim_together(*, asks: Sequence[Ask], now: dt.datetime) -> list[Answered | DomainError]:
    """What `services.claim_all` answers, in one transaction; or in several when one fails.

    A batch that the database refuses is tried again in halves, so that one claim that cannot be
    written spoils no other: it alone is told to come again. While the database is away everybody is
    told so, and nothing is tried again: whether the last transaction was still committed nobody can
    know, and whoever sends the same key again learns it (promise 20). Opens as many transactions as
    there are claims at worst, times two.
    """
    try:
        return list(services.claim_all(asks=asks, now=now))
    except (DatabaseError, InterfaceError) as error:
        if transactions.is_away(error):
            return [transactions.away() for _ask in asks]
        logger.warning("a batch of %d claims failed", len(asks), exc_info=len(asks) == 1)
    except DomainError as refusal:
        # It met other transactions too often.
        logger.warning("a batch of %d claims failed: %s", len(asks), refusal.code)
        return [come_again() for _ask in asks]
    if len(asks) == 1:
        return [come_again()]
    middle = len(asks) // 2
    return [
        answer
        for half in (asks[:middle], asks[middle:])
        for answer in claim_together(asks=half, now=now)
    ]


def come_again() -> DomainError:
    """What somebody is told whose claim could not be answered now, though nothing stands against
    it."""
    refusal = errors.Unavailable(
        _("Very many people are asking at this moment. Try again in a few seconds."), code="busy"
    )
    refusal.retry_after_seconds = 3
    return refusal
