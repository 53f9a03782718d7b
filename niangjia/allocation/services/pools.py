"""Opening pools, and changing what there is."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Pool, Stock
from niangjia.allocation.rules.granting import Terms
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.organisations.models import Union

SUPPLY_MAX = 10_000_000


@transactions.atomic
def open_pool(
    *, subject: str, union: Union, supply: int, terms: Terms, by: uuid.UUID | None
) -> Pool:
    """A pool of `supply` parts that `union` shares out by `terms`. Raises `Invalid` on `supply`,
    `closes_at`, `per_person`; `Conflict` when there is one for this subject."""
    if not 0 <= supply <= SUPPLY_MAX:
        problem = _("Say how many there are: from 0 to 10,000,000.")
        raise Invalid(problem, fields={"supply": problem})
    if terms.closes_at <= terms.opens_at:
        problem = _("It must close after it opens.")
        raise Invalid(problem, fields={"closes_at": problem})
    if not 1 <= terms.per_person <= 100:
        problem = _("One person can have from 1 to 100.")
        raise Invalid(problem, fields={"per_person": problem})
    pool, is_new = Pool.objects.get_or_create(
        subject=subject,
        defaults={
            "union": union,
            "opens_at": terms.opens_at,
            "closes_at": terms.closes_at,
            "per_person": terms.per_person,
            "reach_path": terms.reach,
            "needs_real_name": terms.needs_real_name,
            "member_days": terms.member_days,
        },
    )
    if not is_new:
        raise Conflict(_("There is one already."), code="pool-exists")
    Stock.objects.create(pool=pool, supply=supply)
    audit.record(
        action="pool.opened",
        by=by,
        subject=f"pool:{pool.pk}",
        union_id=union.pk,
        details={"supply": supply},
    )
    return pool


@transactions.atomic
def add_supply(*, pool_id: uuid.UUID, count: int, by: uuid.UUID | None) -> Stock:
    """Put `count` more into a pool, or take so many out of what nobody has yet (a negative one).

    Raises `NotFound`, `Invalid` on `count` when less would be left than has been claimed.
    """
    stock = (
        Stock.objects.select_for_update(of=("self",)).select_related("pool").filter(pk=pool_id)
    ).first()
    if stock is None:
        raise NotFound(_("There is no such page"))
    supply = stock.supply + count
    if not stock.taken <= supply <= SUPPLY_MAX:
        problem = _("%(taken)s have been claimed already; there cannot be fewer.") % {
            "taken": stock.taken
        }
        raise Invalid(problem, code="below-claimed", fields={"count": problem})
    stock.supply = supply
    stock.save(update_fields=["supply"])
    audit.record(
        action="pool.supplied",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=stock.pool.union_id,
        details={"count": count},
    )
    return stock


@transactions.atomic
def close_pool(*, pool_id: uuid.UUID, by: uuid.UUID | None, now: dt.datetime) -> Pool:
    """Give no more of a pool from now on; what was claimed stays. Twice is once. Waits for the
    claims that are being decided. Raises `NotFound`, `Conflict` before it has opened."""
    stock = Stock.objects.select_for_update(of=("self",)).select_related("pool").filter(pk=pool_id)
    found = stock.first()
    if found is None:
        raise NotFound(_("There is no such page"))
    pool = found.pool
    if pool.closes_at <= now:
        return pool
    if pool.opens_at >= now:
        raise Conflict(_("It has not opened yet."), code="not-open")
    pool.closes_at = now
    pool.save(update_fields=["closes_at"])
    audit.record(action="pool.closed", by=by, subject=f"pool:{pool_id}", union_id=pool.union_id)
    return pool
