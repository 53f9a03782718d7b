"""The waiting list: what comes free is offered to the next in line, for a time."""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import ClaimsWaitAgain, PartReturned, PartsConfirmed, PartsOffered
from niangjia.allocation.models import LIVE, TIMED, Claim, ClaimState
from niangjia.allocation.rules import dealing
from niangjia.allocation.rules.granting import offered_until
from niangjia.allocation.selectors import access_own_claim
from niangjia.allocation.selectors.batches import read_pools
from niangjia.allocation.services.ledger import (
    Held,
    Move,
    hold,
    move_claims,
    refuse_cancelled,
)
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Account


def offer_free(held: Held, *, now: dt.datetime) -> list[uuid.UUID]:
    """Offer whatever is left to those who wait, in their order; says to whom. In the caller's
    transaction, which holds the pool's stock and has taken in what came free."""
    pool, rest = held.pool, held.rest()
    is_over = pool.cancelled_at or not pool.passes_on(now)
    if not pool.has_waiting_list or is_over or rest.is_empty:
        return []
    dealt = dealing.deal(waiting(held, rest), rest.left, rest.shares)
    if not dealt:
        return []
    until = offered_until(read_pools([pool.pk])[pool.pk].terms, now)
    for each in dealt:
        held.take(each.wanted.parts, each.share_id)
    move_claims(
        [Move(each.wanted.claim_id, ClaimState.OFFERED, each.share_id, until) for each in dealt],
        now=now,
    )
    offered = [each.wanted.claim_id for each in dealt]
    publish_claims(PartsOffered, pool.pk, offered)
    return offered


def wait_again(held: Held, *, ended_at: dt.datetime, now: dt.datetime) -> None:
    """Whoever lost when the list ended at `ended_at` waits again, each in their place: offers go on
    after all, and what is free is offered at once. Not whoever has claimed anew since, or closed
    their account. In the caller's transaction, which holds the pool's stock."""
    anew = Claim.objects.filter(
        pool=OuterRef("pool"),
        holder_id=OuterRef("holder_id"),
        slot=OuterRef("slot"),
        state__in=LIVE,
    )
    lost = Claim.objects.filter(
        ~Exists(anew),
        pool=held.pool,
        state=ClaimState.LOST,
        changed_at__gte=ended_at,
        account__closed_at=None,
    )
    rows = lost.order_by("-place").values_list("holder_id", "slot", "pk", "share_id")
    # Of two that one holder lost, the earlier place.
    found = {(holder_id, slot): (pk, share_id) for holder_id, slot, pk, share_id in rows}
    again = list(found.values())
    move_claims([Move(pk, ClaimState.WAITING, share_id) for pk, share_id in again], now=now)
    publish_claims(ClaimsWaitAgain, held.pool.pk, [pk for pk, _share_id in again])
    offer_free(held, now=now)
    held.save()


def waiting(held: Held, rest: dealing.Rest) -> Iterator[dealing.Wanted]:
    """Who waits and could have something of the rest, in their order."""
    has_some = Q(share_id__in=list(rest.shares))
    if rest.left:
        has_some |= Q(parts__lte=rest.left)
    found = Claim.objects.filter(has_some, pool=held.pool, state=ClaimState.WAITING)
    for row in found.order_by("place").values_list("id", "parts", "share_id").iterator(200):
        yield dealing.Wanted(*row)


@transactions.atomic
def confirm_claim(*, by: Account, claim_id: uuid.UUID, now: dt.datetime) -> Claim:
    """Confirm a part that is held for one, or accept one that is offered. Twice is once.

    Raises `NotFound`, for somebody else's alike; `Conflict` when its time is over (`too-late`; it
    has gone back then, or is about to) or there is nothing to confirm, or it was called off.
    """
    claim = access_own_claim(by, claim_id)
    held = hold(claim.pool_id)
    claim.refresh_from_db()
    if claim.state == ClaimState.CONFIRMED:
        return claim
    refuse_cancelled(held)
    too_late = claim.expires_at is not None and claim.expires_at <= now
    if claim.state == ClaimState.EXPIRED or too_late:
        raise Conflict(_("It was not confirmed in time and has gone on."), code="too-late")
    if claim.state not in TIMED:
        raise Conflict(_("There is nothing to confirm."), code="nothing-to-confirm")
    claim.state, claim.expires_at, claim.changed_at = ClaimState.CONFIRMED, None, now
    claim.save(update_fields=["state", "expires_at", "changed_at"])
    audit.record(
        action="pool.confirmed",
        by=by.pk,
        subject=f"claim:{claim.pk}",
        union_id=held.pool.union_id,
    )
    outbox.publish(PartsConfirmed(held.pool.pk, (claim.pk,)))
    return claim


@transactions.atomic
def return_claim(*, by: Account, claim_id: uuid.UUID, now: dt.datetime) -> Claim:
    """Give one's own claim up: a part, an offer, a place in line. What it had goes to the next in
    line, or can be claimed at once. Twice is once. Raises `NotFound`, for somebody else's alike;
    `Conflict` when something was had for it (`used`)."""
    claim = access_own_claim(by, claim_id)
    held = hold(claim.pool_id)
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)
    if not claim.is_live:
        return claim
    if claim.used_at:
        raise Conflict(_("It has been used; it cannot be given back."), code="used")
    end(held, claim, ClaimState.RETURNED, now=now)
    offer_free(held, now=now)
    held.save()
    audit.record(
        action="pool.returned",
        by=by.pk,
        subject=f"claim:{claim.pk}",
        union_id=held.pool.union_id,
    )
    outbox.publish(PartReturned(pool_id=claim.pool_id, claim_id=claim.pk))
    return claim


def end(held: Held, claim: Claim, state: ClaimState, *, now: dt.datetime) -> None:
    """A claim comes to an end; what it had is there again."""
    if claim.is_taking:
        held.give_back(claim.parts, claim.share_id)
    claim.state, claim.expires_at, claim.changed_at = state, None, now
    claim.save(update_fields=["state", "expires_at", "changed_at", "reason"])
