"""Serving whoever had entered in the order of a pool's seed, for everybody to check (ADR 157)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

from niangjia.allocation.models import ServedOrder
from niangjia.allocation.rules import ordering
from niangjia.allocation.services.ledger import Held
from niangjia.allocation.services.settling import Settled, entered, settle


def serve_openly(
    held: Held,
    order: Sequence[uuid.UUID],
    scores: Mapping[uuid.UUID, Decimal],
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
) -> Settled:
    """`settle` in `order`, which holds everybody who had entered, and publish how. Where nobody
    had, there is nothing to publish. Raises as `settle` does."""
    rest = held.rest()
    wanted = entered(held.pool)
    settled = settle(held, order, by=by, now=now)
    if wanted:
        served = ordering.Served(
            pool_id=held.pool.pk,
            seed=bytes(held.pool.seed),
            left=rest.left,
            kept=sum(rest.shares.values()),
            order=order,
            parts={claim_id: each.parts for claim_id, each in wanted.items()},
            scores=scores,
            had=frozenset(settled.granted),
        )
        ServedOrder.objects.create(pool=held.pool, file=ordering.order_file(served))
    return settled
