"""The opening seconds of a pool: whoever came then is served in random order."""

import datetime as dt
import uuid

from procrastinate.contrib.django import app

from niangjia.allocation.models import Mode, Pool
from niangjia.allocation.rules import ordering
from niangjia.allocation.services.ledger import hold
from niangjia.allocation.services.serving import serve_openly
from niangjia.allocation.services.settling import entered
from niangjia.core import transactions

DECIDE = "niangjia.allocation.decide_opening"
#: The database's clock starts the job, this machine's decides: they may differ a little.
MARGIN = dt.timedelta(milliseconds=500)


def schedule(pool: Pool) -> None:
    """Have the opening seconds decided as soon as they are over, even if nobody comes any more. In
    the transaction that opens the pool or moves its opening; too early, the job does nothing."""
    if pool.gather_seconds and pool.mode == Mode.FIRST_COME:
        over = pool.gathers_until + MARGIN
        task = app.configure_task(DECIDE, queue="outbox", schedule_at=over)
        task.defer(pool_id=str(pool.pk))


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
    order = ordering.random_order(bytes(pool.seed), entered(pool))
    serve_openly(held, order, {}, by=None, now=now)
    return True
