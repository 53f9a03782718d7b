"""The opening seconds of a pool: whoever came then is served in random order."""

import datetime as dt
import uuid

from niangjia.allocation.models import Mode
from niangjia.allocation.rules import ordering
from niangjia.allocation.services.ledger import hold
from niangjia.allocation.services.settling import entered, settle
from niangjia.core import transactions


@transactions.atomic
def decide(pool_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Serve whoever claimed in the opening seconds, in the order that the pool's seed draws
    (`rules.ordering.random_order`); says whether it did. Twice is once, too early is not at all."""
    held = hold(pool_id)
    pool = held.pool
    if (
        pool.decided_at
        or pool.cancelled_at
        or not pool.gather_seconds
        or pool.mode != Mode.FIRST_COME
        or now < pool.gathers_until
    ):
        return False
    settle(held, ordering.random_order(bytes(pool.seed), entered(pool)), by=None, now=now)
    return True
