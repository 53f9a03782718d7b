"""What time does to pools: the sweep. Every step can be done twice, or by two at once."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Least

from niangjia.allocation.events import ClaimsExpired, ClaimsLost
from niangjia.allocation.models import LIVE, TIMED, Claim, ClaimState, Mode, Pool, Share
from niangjia.allocation.models.pools import LEAST_TO_CONFIRM
from niangjia.allocation.services import openings
from niangjia.allocation.services.closing import end_claims, tell_closed
from niangjia.allocation.services.ledger import Move, hold, move_claims
from niangjia.allocation.services.offering import offer_free
from niangjia.allocation.services.supply import return_shares
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit, sweeps, transactions

#: So many claims of a pool expire in one transaction.
BATCH = 1_000
#: Who waited for what ended longer ago than this is told nothing: the node was away.
FORGET = dt.timedelta(days=1)
#: A sweep looks at no more pools than these for each thing that can be due; the next one goes on.
POOLS = 500


def sweep(*, now: dt.datetime) -> dict[str, int]:
    """Do whatever is due: opening seconds decided, pools closed, shares flowed back, offers and
    holds expired, waiting lists that nothing is offered to any more ended, claims of pools that
    were called off ended. Says how many of each. Each pool has its own transaction, and one that
    fails holds none of the others back."""

    def every(pool_ids: list[uuid.UUID], act: Callable[[uuid.UUID], int]) -> int:
        return sweeps.each(pool_ids, act, what="pool")

    return {
        "decided": every(opened_by(now), lambda pk: openings.decide(pk, now=now)),
        "closed": every(closed_by(now), lambda pk: close_due(pool_id=pk, now=now)),
        "returned": every(
            shared_until(now), lambda pk: return_shares(pool_id=pk, by=None, now=now)
        ),
        "expired": every(expired_by(now), lambda pk: expire_due(pool_id=pk, now=now)),
        "lost": every(waited_until(now), lambda pk: end_waiting(pool_id=pk, now=now)),
        "cancelled": every(cancelled(), lambda pk: end_claims(pool_id=pk, now=now)),
    }


@transactions.atomic
def expire_due(*, pool_id: uuid.UUID, now: dt.datetime) -> int:
    """End offers and holds of a pool that were not confirmed in time; says how many. What they had
    is offered to the next in line, in the same transaction. Twice is once."""
    held = hold(pool_id)
    found = list(
        Claim.objects.filter(pool_id=pool_id, state__in=TIMED, expires_at__lte=now).order_by(
            "place"
        )[:BATCH]
    )
    if not found:
        return 0
    for claim in found:
        held.give_back(claim.parts, claim.share_id)
    move_claims([Move(claim.pk, ClaimState.EXPIRED, claim.share_id) for claim in found], now=now)
    publish_claims(ClaimsExpired, pool_id, [claim.pk for claim in found])
    offer_free(held, now=now)
    held.save()
    audit.record(
        action="pool.expired",
        by=None,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"claims": len(found)},
    )
    return len(found)


@transactions.atomic
def end_waiting(*, pool_id: uuid.UUID, now: dt.datetime) -> int:
    """End the waiting list of a pool that offers nothing any more; says how many waited. Nobody has
    to go on hoping. Twice is once."""
    held = hold(pool_id)
    pool = held.pool
    if pool.cancelled_at or pool.last_offer_at is None or pool.passes_on(now):
        return 0
    waiting = Claim.objects.filter(pool=pool, state=ClaimState.WAITING).order_by("place")
    found = list(waiting.values_list("pk", "share_id")[:BATCH])
    if not found:
        return 0
    move_claims([Move(pk, ClaimState.LOST, share_id) for pk, share_id in found], now=now)
    if pool.last_offer_at > now - FORGET:
        publish_claims(ClaimsLost, pool_id, [pk for pk, _share in found])
    audit.record(
        action="pool.waiting-ended",
        by=None,
        subject=f"pool:{pool_id}",
        union_id=pool.union_id,
        details={"claims": len(found)},
    )
    return len(found)


@transactions.atomic
def close_due(*, pool_id: uuid.UUID, now: dt.datetime) -> int:
    """Note that a pool's time was over; says whether it was noted now."""
    held = hold(pool_id)
    if held.pool.closed_at or held.pool.closes_at > now:
        return 0
    tell_closed(held, by=None, now=now)
    return 1


def opened_by(now: dt.datetime) -> list[uuid.UUID]:
    """Pools whose opening seconds are over and not decided."""
    undecided = Pool.objects.filter(
        decided_at=None, gather_seconds__gt=0, mode=Mode.FIRST_COME, cancelled_at=None
    ).filter(opens_at__lte=now - dt.timedelta(seconds=1))
    return [pool.pk for pool in undecided.order_by("opens_at")[:POOLS] if pool.gathers_until <= now]


def closed_by(now: dt.datetime) -> list[uuid.UUID]:
    due = Pool.objects.filter(closed_at=None, closes_at__lte=now, cancelled_at=None)
    return list(due.order_by("closes_at").values_list("pk", flat=True)[:POOLS])


def shared_until(now: dt.datetime) -> list[uuid.UUID]:
    due = Share.objects.filter(returned_at=None, returns_at__lte=now)
    return list(due.values_list("pool_id", flat=True).distinct()[:POOLS])


def expired_by(now: dt.datetime) -> list[uuid.UUID]:
    due = Claim.objects.filter(state__in=TIMED, expires_at__lte=now)
    return list(due.order_by().values_list("pool_id", flat=True).distinct()[:POOLS])


def waited_until(now: dt.datetime) -> list[uuid.UUID]:
    """Pools whose lists have ended: `Pool.last_offer_at`, in SQL."""
    waiting = Claim.objects.filter(
        state=ClaimState.WAITING,
        pool__offers_until__lte=now + LEAST_TO_CONFIRM,
        pool__cancelled_at=None,
    )
    minutes = F("pool__offer_minutes") * Value(dt.timedelta(minutes=1))
    given = ExpressionWrapper(minutes, output_field=DurationField())
    due = waiting.annotate(least=Least(given, Value(LEAST_TO_CONFIRM))).filter(
        pool__offers_until__lte=now + F("least")
    )
    return list(due.order_by().values_list("pool_id", flat=True).distinct()[:POOLS])


def cancelled() -> list[uuid.UUID]:
    due = Claim.objects.filter(state__in=LIVE, pool__cancelled_at__isnull=False, used_at=None)
    return list(due.order_by().values_list("pool_id", flat=True).distinct()[:POOLS])
