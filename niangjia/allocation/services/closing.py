"""Closing a pool, and calling it off."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import ClaimsCancelled, PoolCancelled, PoolClosed
from niangjia.allocation.models import LIVE, Claim, ClaimState, Pool
from niangjia.allocation.services.ledger import Held, Move, hold, move_claims
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict

#: So many claims end in one transaction when a pool is called off.
BATCH = 1_000


@transactions.atomic
def close_pool(*, pool_id: uuid.UUID, by: uuid.UUID | None, now: dt.datetime) -> Pool:
    """Take no more claims from now on; what was claimed stays, the waiting list goes on. Twice is
    once. Raises `NotFound`, `Conflict` before it has opened (`not-open`)."""
    held = hold(pool_id)
    pool = held.pool
    if pool.closes_at <= now:
        return tell_closed(held, by=by, now=now)
    if pool.opens_at >= now:
        raise Conflict(_("It has not opened yet."), code="not-open")
    pool.closes_at = now
    return tell_closed(held, by=by, now=now)


def tell_closed(held: Held, *, by: uuid.UUID | None, now: dt.datetime) -> Pool:
    """Note that a pool has closed, once, and tell the rooms above."""
    pool = held.pool
    if pool.closed_at:
        return pool
    pool.closed_at = now
    pool.save(update_fields=["closes_at", "closed_at"])
    audit.record(action="pool.closed", by=by, subject=f"pool:{pool.pk}", union_id=pool.union_id)
    outbox.publish(PoolClosed(pool.pk))
    return pool


@transactions.atomic
def cancel_pool(*, pool_id: uuid.UUID, by: uuid.UUID | None, now: dt.datetime) -> Pool:
    """Call a pool off: nobody can claim any more, and every claim ends. Twice is once.

    The claims end some at a time (`end_claims`), the first of them in this transaction; the sweep
    goes on with the others, so that ten thousand do not wait for one another. Everybody is told by
    `ClaimsCancelled`, but for those whose part was used already. Raises `NotFound`.
    """
    held = hold(pool_id)
    pool = held.pool
    if not pool.cancelled_at:
        pool.cancelled_at = now
        pool.save(update_fields=["cancelled_at"])
        audit.record(
            action="pool.cancelled", by=by, subject=f"pool:{pool_id}", union_id=pool.union_id
        )
        outbox.publish(PoolCancelled(pool_id))
    end_some(held, now=now)
    return pool


@transactions.atomic
def cancel_pools_of(*, union_id: uuid.UUID, now: dt.datetime) -> int:
    """Call off whatever a union still shares out; says how many pools. What has closed stays as it
    is: people have what they have."""
    pools = Pool.objects.filter(union_id=union_id, cancelled_at=None, closed_at=None)
    found = list(pools.order_by("pk").values_list("pk", flat=True))
    for pool_id in found:
        cancel_pool(pool_id=pool_id, by=None, now=now)
    return len(found)


@transactions.atomic
def end_claims(*, pool_id: uuid.UUID, now: dt.datetime) -> int:
    """End some more claims of a pool that was called off; says how many. 0: all have ended."""
    held = hold(pool_id)
    return end_some(held, now=now) if held.pool.cancelled_at else 0


def end_some(held: Held, *, now: dt.datetime) -> int:
    live = Claim.objects.filter(pool=held.pool, state__in=LIVE, used_at=None)
    found = list(live.select_for_update(of=("self",)).order_by("place")[:BATCH])
    for claim in found:
        if claim.is_taking:
            held.give_back(claim.parts, claim.share_id)
    held.save()
    move_claims([Move(claim.pk, ClaimState.CANCELLED, claim.share_id) for claim in found], now=now)
    publish_claims(ClaimsCancelled, held.pool.pk, [claim.pk for claim in found])
    return len(found)
