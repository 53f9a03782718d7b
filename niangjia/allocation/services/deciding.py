"""Pools that people decide about: by approval, by score."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import ClaimRefused, ClaimsLost, PartsGranted
from niangjia.allocation.models import Claim, ClaimState, Draw, Mode
from niangjia.allocation.rules import dealing, ordering
from niangjia.allocation.rules.granting import held_until
from niangjia.allocation.selectors.batches import read_pools
from niangjia.allocation.services.ledger import Held, Move, hold, move_claims, refuse_cancelled
from niangjia.allocation.services.offering import end, offer_free
from niangjia.allocation.services.serving import serve_openly
from niangjia.allocation.services.settling import Settled
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound

REASON_MAX = 500
#: So many undecided claims end in one transaction.
BATCH = 1_000


@transactions.atomic
def decide_claim(
    *,
    claim_id: uuid.UUID,
    is_granted: bool,
    by: uuid.UUID | None,
    now: dt.datetime,
    reason: str = "",
) -> Claim:
    """Grant or refuse a claim that is entered in a pool by approval; in any pool, take back what
    somebody has or waits for, which is a refusal too. Whether `by` may, the room above says.

    Raises `NotFound`; `Invalid` on `reason` of a refusal without one; `Conflict` when the claim is
    decided (`decided`) or used (`used`) already, when the pool was called off (`cancelled`), is not
    decided by approval, or has nothing left and no waiting list (`sold-out`).
    """
    found = Claim.objects.filter(pk=claim_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    if not is_granted and not 1 <= len(reason.strip()) <= REASON_MAX:
        problem = _("Say why, in up to 500 characters. The person reads it.")
        raise Invalid(problem, fields={"reason": problem})
    held = hold(found.pool_id)
    found = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    if is_granted:
        grant(held, found, now)
    else:
        refuse(held, found, reason.strip(), now)
    audit.record(
        action="pool.granted" if is_granted else "pool.refused",
        by=by,
        subject=f"claim:{found.pk}",
        union_id=held.pool.union_id,
    )
    return found


@transactions.atomic
def end_undecided(*, pool_id: uuid.UUID, now: dt.datetime) -> int:
    """What goes by approval or by lot is over, and nobody has decided about these or drawn: they
    end as lost, some at a time; says how many. When it is over the room above knows. Where no draw
    was announced nobody is asked for one any more. Twice is once. Raises `NotFound`.
    """
    held = hold(pool_id)
    pool = held.pool
    if pool.mode not in (Mode.APPROVAL, Mode.DRAW) or pool.cancelled_at:
        return 0
    entered = Claim.objects.filter(pool_id=pool_id, state=ClaimState.ENTERED).order_by("place")
    found = list(entered.values_list("pk", "share_id")[:BATCH])
    if not found:
        return 0
    move_claims([Move(pk, ClaimState.LOST, share_id) for pk, share_id in found], now=now)
    publish_claims(ClaimsLost, pool_id, [pk for pk, _share in found])
    if pool.mode == Mode.DRAW and not Draw.objects.filter(pool=pool, voided_at=None).exists():
        pool.decided_at = pool.decided_at or now
        pool.save(update_fields=["decided_at"])
    audit.record(
        action="pool.undecided-ended",
        by=None,
        subject=f"pool:{pool_id}",
        union_id=held.pool.union_id,
        details={"claims": len(found)},
    )
    return len(found)


def grant(held: Held, claim: Claim, now: dt.datetime) -> None:
    """An entered claim gets its parts, or waits for them while any can still come free."""
    refuse_cancelled(held)
    if claim.state != ClaimState.ENTERED:
        raise Conflict(_("This has been decided already."), code="decided")
    if held.pool.mode != Mode.APPROVAL:
        raise Conflict(_("Nobody decides about single claims here."), code="not-by-approval")
    wanted = dealing.Wanted(claim.pk, claim.parts, claim.share_id)
    terms = read_pools([held.pool.pk])[held.pool.pk].terms
    is_dealt, share_id = held.rest().take(wanted)
    if is_dealt:
        held.take(claim.parts, share_id)
        is_held = terms.holds(now)
        claim.state = ClaimState.HELD if is_held else ClaimState.CONFIRMED
        claim.expires_at = held_until(terms, now) if is_held else None
        claim.share_id = share_id
    elif terms.lines_up(now):
        claim.state = ClaimState.WAITING
    else:
        raise Conflict(_("Nothing is left."), code="sold-out")
    claim.changed_at = now
    claim.save(update_fields=["state", "expires_at", "share", "changed_at"])
    held.save()
    if is_dealt:
        outbox.publish(PartsGranted(held.pool.pk, (claim.pk,)))


def refuse(held: Held, claim: Claim, reason: str, now: dt.datetime) -> None:
    """A claim that might still come to something does not."""
    if not claim.is_live:
        raise Conflict(_("This has been decided already."), code="decided")
    if claim.used_at:
        raise Conflict(_("It has been used; it cannot be given back."), code="used")
    claim.reason = reason
    end(held, claim, ClaimState.REFUSED, now=now)
    offer_free(held, now=now)
    held.save()
    outbox.publish(ClaimRefused(held.pool.pk, claim.pk))


@transactions.atomic
def rank_claims(
    *,
    pool_id: uuid.UUID,
    score: Callable[[Claim], Decimal | int],
    by: uuid.UUID | None,
    now: dt.datetime,
) -> Settled:
    """Decide a pool by score, once it has closed: the highest gets first, and of equal ones whoever
    draws the lower number (`rules.ordering.order_by_score`). Scores count to four places, which are
    those that are published. The room above knows what counts, and
    gives the score of each claim.

    Raises `NotFound`; `Conflict` when it is not decided by score, has not closed, was called off or
    is decided already.
    """
    held = hold(pool_id)
    pool = held.pool
    if pool.mode != Mode.BY_SCORE or pool.cancelled_at:
        raise Conflict(_("This is not decided by score."), code="not-by-score")
    if now < pool.closes_at:
        raise Conflict(_("It has not closed yet."), code="not-closed")
    if pool.decided_at:
        raise Conflict(_("This has been decided already."), code="decided")
    claims = list(
        Claim.objects.filter(pool=pool, state=ClaimState.ENTERED).select_related("account")
    )
    for claim in claims:
        claim.score = Decimal(score(claim)).quantize(ordering.SCORE_STEP)
    Claim.objects.bulk_update(claims, ["score"], batch_size=500)
    scores = {claim.pk: claim.score for claim in claims if claim.score is not None}
    order = ordering.order_by_score(bytes(pool.seed), scores)
    return serve_openly(held, order, scores, by=by, now=now)
