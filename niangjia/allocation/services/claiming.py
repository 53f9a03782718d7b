"""Claiming parts of pools: many claims, one transaction, one lock of each hot row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import IntegrityError

from niangjia.allocation.rules.granting import Grant, Sharing, verdict_of
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.selectors.batches import Asker, Before, Known
from niangjia.allocation.services import openings
from niangjia.allocation.services.writing import Part, is_of_a_key, write_parts
from niangjia.core import audit, clock, transactions


class Ask(NamedTuple):
    """One claim: `account_id` wants `parts` of a pool. The same `key` again gets the same claim.
    `is_bare`: it comes straight from its person, past the room above (`Pool.asks_more`)."""

    pool_id: uuid.UUID
    account_id: uuid.UUID
    key: str | None = None
    parts: int = 1
    is_bare: bool = False


class Answered(NamedTuple):
    """What one claim was answered; where it was let in, which claim it is and which place it has,
    and until when it has to be confirmed. `is_again`: it had been answered before."""

    verdict: Verdict
    claim_id: uuid.UUID | None = None
    place: int | None = None
    expires_at: dt.datetime | None = None
    is_again: bool = False


def claim(*, ask: Ask, now: dt.datetime) -> Answered:
    """One claim alone. See `claim_all`."""
    return claim_all(asks=[ask], now=now)[0]


def claim_all(*, asks: Sequence[Ask], now: dt.datetime) -> list[Answered]:
    """Answer many claims as if they had come one after the other, in one transaction.

    Nobody gets more than their share and no pool gives more than it has (promise 19): each stock is
    locked while its claims are decided, and constraints stand behind the lock. A key under which a
    claim was let in gets that claim again, as it stands now, within a batch as well (promise 20);
    refusals are not remembered. Refusals are answers, not errors. One trip to read, one to write
    and one to commit, however many claims.

    In the opening seconds of a pool that gathers them, claims are taken in (`ENTERED`) and put in
    random order once those seconds are over.
    """
    try:
        return claim_at_once(asks, now)
    except IntegrityError as error:
        if not is_of_a_key(error):
            raise
    # While they were decided, one of their keys was used in another pool: now that can be read.
    return claim_at_once(asks, now)


@transactions.atomic
def claim_at_once(asks: Sequence[Ask], now: dt.datetime) -> list[Answered]:
    """Read, decide, write; see `claim_all`."""
    audit.expect_entries(len(asks))
    batch, askers = read(asks, now)
    answers = [batch.decide(ask, asker) for ask, asker in zip(asks, askers, strict=True)]
    unions = {pool_id: offer.known.union_id for pool_id, offer in batch.offers.items()}
    write_parts(batch.parts, unions=unions, now=now)
    return answers


class Offer(NamedTuple):
    """A pool, and what it has to give."""

    known: Known
    sharing: Sharing


@dataclass
class Batch:
    """Claims that are decided one after the other, and what has come of them so far: the `parts` to
    be written, and what was answered under each key."""

    now: dt.datetime
    offers: dict[uuid.UUID, Offer]
    parts: list[Part] = field(default_factory=list)
    used: dict[tuple[uuid.UUID, str], tuple[Ask, Answered]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.now.astimezone(clock.CHINA).date()

    def decide(self, ask: Ask, asker: Asker) -> Answered:
        """What is answered to the next claim."""
        if asker.is_key_spent:
            return Answered(Verdict.KEY_USED)
        if asker.before:
            return again(ask, asker.before)
        if ask.key and (first := self.used.get((ask.account_id, ask.key))):
            return repeated(ask, *first)
        claimant, offer = asker.claimant, self.offers.get(ask.pool_id)
        if claimant is None or offer is None:
            return Answered(Verdict.NO_SUCH_POOL)
        if ask.is_bare and offer.known.terms.asks_more:
            return Answered(Verdict.ASKS_MORE)
        verdict, grant = offer.sharing.ask(
            claimant, ask.parts, held=asker.slots, now=self.now, today=self.today
        )
        if grant is None:
            return Answered(verdict)
        self.parts.append(part_of(ask, asker.claim_id, claimant.holder_id, grant))
        answered = Answered(verdict, asker.claim_id, grant.place, grant.expires_at)
        if ask.key:
            self.used[ask.account_id, ask.key] = (ask, answered)
        return answered


def read(asks: Sequence[Ask], now: dt.datetime) -> tuple[Batch, list[Asker]]:
    """Lock what is asked of, and read whatever decides about it."""
    asked = [(ask.pool_id, ask.account_id, ask.key) for ask in asks]
    found = batches.read_together(asked, now=now)
    due = [pool.pool_id for pool in found.pools.values() if pool.is_due(now)]
    for pool_id in due:
        openings.decide(pool_id, now=now)
    if due:
        found = batches.read_together(asked, now=now)
    return Batch(now, offers_of(found, now)), found.askers


def offers_of(found: batches.Read, now: dt.datetime) -> dict[uuid.UUID, Offer]:
    """The pools, and what each has to give."""
    pools = found.pools
    shares = batches.shares_left([pool.pool_id for pool in pools.values() if pool.has_shares])
    return {
        pool_id: Offer(
            pool,
            Sharing(
                terms=pool.terms,
                left=found.locked[pool_id].left,
                last_place=found.locked[pool_id].last_place,
                shares=shares.get(pool_id, []),
                is_gathering=pool.is_gathering(now),
            ),
        )
        for pool_id, pool in pools.items()
    }


def part_of(ask: Ask, claim_id: uuid.UUID, holder_id: uuid.UUID, grant: Grant) -> Part:
    return Part(claim_id, ask.pool_id, ask.account_id, holder_id, ask.key, grant)


def repeated(ask: Ask, first: Ask, answered: Answered) -> Answered:
    """What is answered to a claim under a key that one before it in its batch was let in under."""
    if (ask.pool_id, ask.parts) != (first.pool_id, first.parts):
        return Answered(Verdict.KEY_USED)
    return answered._replace(is_again=True)


def again(ask: Ask, earlier: Before) -> Answered:
    """What came of the claim that was made under the same key before; nothing, if the key stood for
    another one."""
    if earlier.pool_id != ask.pool_id or earlier.parts != ask.parts:
        return Answered(Verdict.KEY_USED)
    return Answered(
        verdict_of(earlier.state), earlier.claim_id, earlier.place, earlier.expires_at, True
    )
