"""Who may claim besides those whom a pool was opened for."""

import datetime as dt
import uuid
from collections.abc import Iterable

from niangjia.allocation.models import Pool
from niangjia.allocation.services.ledger import hold
from niangjia.core import audit, transactions


@transactions.atomic
def reach_also(
    *, pool_id: uuid.UUID, union_ids: Iterable[uuid.UUID], by: uuid.UUID | None, now: dt.datetime
) -> Pool:
    """Members of these unions, and of those below them, may claim as those of `reach` may; nobody
    else besides. Whoever has claimed keeps what they have, also when their union is no longer among
    them. Where a pool is for everybody it changes nothing. Twice is once. Raises `NotFound`."""
    held = hold(pool_id)
    wanted = sorted(set(union_ids))
    if sorted(held.pool.also_reach) == wanted:
        return held.pool
    held.pool.also_reach = wanted
    held.pool.save(update_fields=["also_reach"])
    audit.record(
        action="pool.reaches",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"also": [str(each) for each in wanted]},
    )
    return held.pool
