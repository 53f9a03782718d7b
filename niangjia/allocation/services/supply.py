"""How much there is: adding and taking away, splitting over unions, flowing back."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Draw, Mode, Share, Stock
from niangjia.allocation.rules.pools import SUPPLY_MAX
from niangjia.allocation.services.ledger import Held, hold, refuse_cancelled
from niangjia.allocation.services.offering import offer_free
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations.models import Union


@dataclass(frozen=True)
class ShareDraft:
    """So many parts for the members of a union and all below it; what is left of them flows back at
    `returns_at` (None: never by itself)."""

    union: Union
    supply: int
    returns_at: dt.datetime | None = None


@transactions.atomic
def add_supply(*, pool_id: uuid.UUID, count: int, by: uuid.UUID | None, now: dt.datetime) -> Stock:
    """Put `count` more into a pool, or take so many out of what nobody has yet (a negative one).
    What is added is offered to those who wait.

    Raises `NotFound`; `Conflict` when it was cancelled, or a sealed draw promises as many as there
    are (`sealed`); `Invalid` on `count` when less would be left than has been claimed and is kept
    for shares (`below-claimed`).
    """
    held = hold(pool_id)
    stock = held.stock
    refuse_cancelled(held)
    refuse_fewer_than_sealed(held, count)
    supply, bound = stock.supply + count, stock.taken + stock.reserved
    if not bound <= supply <= SUPPLY_MAX:
        problem = _("%(bound)s are claimed or kept for a union already; there cannot be fewer.")
        words = problem % {"bound": bound}
        raise Invalid(words, code="below-claimed", fields={"count": words})
    stock.supply = supply
    offer_free(held, now=now)
    held.save()
    audit.record(
        action="pool.supplied",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"count": count},
    )
    return stock


@transactions.atomic
def split_pool(
    *, pool_id: uuid.UUID, shares: Sequence[ShareDraft], by: uuid.UUID | None, now: dt.datetime
) -> list[Share]:
    """Keep parts of a pool for unions below: they come out of what is left for everybody. A union
    that has a share gets so many more.

    Raises `NotFound`; `Conflict` when it was cancelled, is drawn by lot (`draw`: what is published
    of a draw knows one supply for everybody), or a union's share has flowed back; `Invalid` on
    `shares` of nothing, when there is not enough left, or when one union lies below another
    (nobody belongs to two).
    """
    held = hold(pool_id)
    refuse_cancelled(held)
    if held.pool.mode == Mode.DRAW:
        raise Conflict(
            _("Lots are drawn among everybody: nothing is kept for a union."), code="draw"
        )
    refuse_shares(held, shares)
    if Share.objects.filter(
        pool=held.pool, returned_at__isnull=False, union__in=[each.union for each in shares]
    ).exists():
        raise Conflict(_("This union's share has flowed back already."), code="share-returned")
    own = {share.union_id: share for share in held.shares.values()}
    kept = [keep(held, own.get(each.union.pk), each) for each in shares]
    held.stock.reserved += sum(each.supply for each in shares)
    offer_free(held, now=now)
    held.save()
    audit.record(
        action="pool.split",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"shares": {str(each.union.pk): each.supply for each in shares}},
    )
    return kept


def refuse_shares(held: Held, shares: Sequence[ShareDraft]) -> None:
    """Raise `Invalid` on `shares` that cannot be."""
    problem: Any = None
    if not shares or any(each.supply < 1 for each in shares):
        problem = _("A share has at least one part.")
    elif sum(each.supply for each in shares) > held.stock.left:
        problem = _("There are only %(left)s left to share.") % {"left": held.stock.left}
    elif overlap(held, shares):
        problem = _("A union below another one that has a share cannot have one as well.")
    if problem:
        raise Invalid(problem, fields={"shares": problem})


def overlap(held: Held, shares: Sequence[ShareDraft]) -> bool:
    """Whether a union would have a share and one below it another, or a union two at once."""
    others = Union.objects.filter(pk__in=[share.union_id for share in held.shares.values()])
    new = sorted(each.union.path for each in shares)
    paths = sorted({*others.values_list("path", flat=True), *new})
    nested = any(after.startswith(before) for before, after in pairwise(paths))
    return nested or len(set(new)) < len(new)


def keep(held: Held, share: Share | None, draft: ShareDraft) -> Share:
    """Make a union's share, or add to the one that it has."""
    if share is None:
        share = Share.objects.create(
            pool=held.pool, union=draft.union, supply=draft.supply, returns_at=draft.returns_at
        )
        held.shares[share.pk] = share
        return share
    share.supply += draft.supply
    share.returns_at = draft.returns_at
    share.save(update_fields=["supply", "returns_at"])
    return share


@transactions.atomic
def return_shares(
    *,
    pool_id: uuid.UUID,
    by: uuid.UUID | None,
    now: dt.datetime,
    union: Union | None = None,
) -> int:
    """Let flow back what is left of shares whose time has come, or of the share of `union` at once;
    says how many parts. They are everybody's from then on, those who wait first. Raises
    `NotFound`. Twice is once."""
    held = hold(pool_id)
    due = [
        share
        for share in held.shares.values()
        if (share.union_id == union.pk if union else share.returns_at and share.returns_at <= now)
    ]
    if not due:
        return 0
    back = sum(share.left for share in due)
    for share in due:
        share.returned_at = now
        share.save(update_fields=["returned_at"])
        del held.shares[share.pk]
    held.stock.reserved -= back
    offer_free(held, now=now)
    held.save()
    audit.record(
        action="pool.shares-returned",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"count": back},
    )
    return back


def refuse_fewer_than_sealed(held: Held, count: int) -> None:
    """What a draw has published as to be won is there when it is drawn; more can always be added,
    and goes to those who wait."""
    to_come = Draw.objects.filter(pool=held.pool, sealed_at__isnull=False)
    if count < 0 and to_come.filter(drawn_at=None, voided_at=None).exists():
        raise Conflict(_("So many are promised by a draw that is sealed."), code="sealed")
