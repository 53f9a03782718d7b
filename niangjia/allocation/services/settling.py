"""Serving whoever had entered, in an order that something else has decided."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import ClaimsLost, PartsGranted, PoolDecided
from niangjia.allocation.models import Claim, ClaimState, Pool
from niangjia.allocation.rules import dealing
from niangjia.allocation.rules.granting import held_until
from niangjia.allocation.selectors.batches import read_pools
from niangjia.allocation.services.ledger import (
    Held,
    Move,
    move_claims,
    refuse_cancelled,
)
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit, outbox
from niangjia.core.errors import Conflict


@dataclass(frozen=True)
class Settled:
    """What became of whoever had entered, each in the order in which it was served."""

    granted: tuple[uuid.UUID, ...]
    waiting: tuple[uuid.UUID, ...]
    lost: tuple[uuid.UUID, ...]


def entered(pool: Pool) -> dict[uuid.UUID, dealing.Wanted]:
    """Claims that are entered and not decided yet, in the order of arrival."""
    found = Claim.objects.filter(pool=pool, state=ClaimState.ENTERED).order_by("place")
    return {row[0]: dealing.Wanted(*row) for row in found.values_list("id", "parts", "share_id")}


def settle(
    held: Held, order: Sequence[uuid.UUID], *, by: uuid.UUID | None, now: dt.datetime
) -> Settled:
    """Give parts to the claims that had entered, in `order`; a claim that is not in it is served
    after those that are, in the order of arrival.

    The order is their place from now on. Who finds nothing left waits, where there is a waiting
    list that anything can still come to, or has lost. In the caller's transaction, which holds the
    pool's stock. Raises `Conflict` for a pool that was called off (`cancelled`) or is decided
    already (`decided`).
    """
    refuse_cancelled(held)
    if held.pool.decided_at:
        raise Conflict(_("This has been decided already."), code="decided")
    wanted = entered(held.pool)
    ranked = [claim_id for claim_id in order if claim_id in wanted]
    line = list(dict.fromkeys([*ranked, *wanted]))
    rest = held.rest()
    dealt = {
        each.wanted.claim_id: each
        for each in dealing.deal((wanted[claim_id] for claim_id in line), rest.left, rest.shares)
    }
    moves = moves_of(held, line, wanted, dealt, now)
    for each in dealt.values():
        held.take(each.wanted.parts, each.share_id)
    held.stock.last_place += len(line)
    held.save()
    move_claims(moves, now=now)
    held.pool.decided_at = now
    held.pool.save(update_fields=["decided_at"])
    return tell(held.pool, moves, by)


def moves_of(
    held: Held,
    line: Sequence[uuid.UUID],
    wanted: dict[uuid.UUID, dealing.Wanted],
    dealt: dict[uuid.UUID, dealing.Dealt],
    now: dt.datetime,
) -> list[Move]:
    """What each claim of a line becomes, with its new place."""
    terms = read_pools([held.pool.pk])[held.pool.pk].terms
    is_held = terms.holds(now)
    given = ClaimState.HELD if is_held else ClaimState.CONFIRMED
    until = held_until(terms, now) if is_held else None
    otherwise = ClaimState.WAITING if terms.lines_up(now) else ClaimState.LOST
    return [
        Move(claim_id, given, dealt[claim_id].share_id, until, place)
        if claim_id in dealt
        else Move(claim_id, otherwise, wanted[claim_id].share_id, None, place)
        for place, claim_id in enumerate(line, held.stock.last_place + 1)
    ]


def tell(pool: Pool, moves: Sequence[Move], by: uuid.UUID | None) -> Settled:
    """Record and publish what became of everybody."""

    def those(*states: ClaimState) -> tuple[uuid.UUID, ...]:
        return tuple(move.claim_id for move in moves if move.state in states)

    settled = Settled(
        granted=those(ClaimState.HELD, ClaimState.CONFIRMED),
        waiting=those(ClaimState.WAITING),
        lost=those(ClaimState.LOST),
    )
    audit.record(
        action="pool.decided",
        by=by,
        subject=f"pool:{pool.pk}",
        union_id=pool.union_id,
        details={
            "granted": len(settled.granted),
            "waiting": len(settled.waiting),
            "lost": len(settled.lost),
        },
    )
    outbox.publish(PoolDecided(pool.pk))
    publish_claims(PartsGranted, pool.pk, settled.granted)
    publish_claims(ClaimsLost, pool.pk, settled.lost)
    return settled
