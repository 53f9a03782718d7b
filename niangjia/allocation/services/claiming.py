"""Claiming parts of pools: many claims, one transaction, one lock of each hot row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from niangjia.allocation.rules.granting import Grant, Sharing, verdict_of
from niangjia.allocation.rules.standing import Claimant, Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services import openings
from niangjia.allocation.services.writing import Part, write_parts
from niangjia.core import clock, transactions


@dataclass(frozen=True, slots=True)
class Ask:
    """One claim: `account_id` wants `parts` of a pool. The same `key` again gets the same claim.
    `is_bare`: it comes straight from its person, past the room above (`Pool.asks_more`)."""

    pool_id: uuid.UUID
    account_id: uuid.UUID
    key: str | None = None
    parts: int = 1
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
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


@transactions.atomic
def claim_all(*, asks: Sequence[Ask], now: dt.datetime) -> list[Answered]:
    """Answer many claims as if they had come one after the other, in one transaction.

    Nobody gets more than their share and no pool gives more than it has (promise 19): each stock is
    locked while its claims are decided, and constraints stand behind the lock. A key under which a
    claim was let in gets that claim again, as it stands now, within a batch as well (promise 20);
    refusals are not remembered. Refusals are answers, not errors. About a dozen statements,
    however many claims.

    In the opening seconds of a pool that gathers them, claims are taken in (`ENTERED`) and put in
    random order once those seconds are over.
    """
    batch = read(asks, now)
    answers = [batch.decide(number, ask) for number, ask in enumerate(asks)]
    written = write_parts(batch.parts, unions=batch.unions, now=now)
    for part in batch.parts:
        answers[part.number] = told(answers[part.number], part, written.get(part.number))
    for number, first in batch.repeats.items():
        answers[number] = replace(answers[first], is_again=True)
    return answers


@dataclass
class Batch:
    """Claims that are decided together: what decides about them, and what has come of them so far.
    `parts` are to be written; `repeats` says which one repeats which."""

    now: dt.datetime
    pools: dict[uuid.UUID, batches.Known]
    sharing: dict[uuid.UUID, Sharing]
    people: dict[uuid.UUID, Claimant]
    before: dict[tuple[uuid.UUID, str], batches.Before]
    parts: list[Part] = field(default_factory=list)
    used: dict[tuple[uuid.UUID, str], tuple[int, Ask]] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.now.astimezone(clock.CHINA).date()
        self.unions = {pool_id: pool.union_id for pool_id, pool in self.pools.items()}

    def decide(self, number: int, ask: Ask) -> Answered:
        """What is answered to the `number`-th claim, as far as it is known before it is written."""
        if ask.key and (earlier := self.before.get((ask.account_id, ask.key))):
            return again(ask, earlier)
        if ask.key and (ask.account_id, ask.key) in self.used:
            return self.repeat(number, ask, *self.used[ask.account_id, ask.key])
        claimant, pool = self.people.get(ask.account_id), self.pools.get(ask.pool_id)
        if claimant is None or pool is None:
            return Answered(Verdict.NO_SUCH_POOL)
        if ask.is_bare and pool.terms.asks_more:
            return Answered(Verdict.ASKS_MORE)
        verdict, grant = self.sharing[ask.pool_id].ask(
            claimant, ask.parts, now=self.now, today=self.today
        )
        if grant:
            self.parts.append(part_of(number, ask, claimant, grant))
            if ask.key:
                self.used[ask.account_id, ask.key] = (number, ask)
        return Answered(verdict)

    def repeat(self, number: int, ask: Ask, first: int, other: Ask) -> Answered:
        """A claim under a key that one before it in this batch was let in under."""
        if (ask.pool_id, ask.parts) == (other.pool_id, other.parts):
            self.repeats[number] = first
        return Answered(Verdict.KEY_USED)


def read(asks: Sequence[Ask], now: dt.datetime) -> Batch:
    """Lock what is asked of, and read whatever decides about it."""
    asked = [(ask.pool_id, ask.account_id, ask.key) for ask in asks]
    found = batches.read_together(asked)
    due = [pool.pool_id for pool in found.pools.values() if pool.is_due(now)]
    for pool_id in due:
        openings.decide(pool_id, now=now)
    if due:
        found = batches.read_together(asked)
    return Batch(
        now=now,
        pools=found.pools,
        sharing=sharing_of(found, now),
        people=found.people,
        before=found.before,
    )


def sharing_of(found: batches.Read, now: dt.datetime) -> dict[uuid.UUID, Sharing]:
    """What each pool has to give, and what those who ask have of it."""
    pools = found.pools
    shares = batches.shares_left([pool.pool_id for pool in pools.values() if pool.has_shares])
    return {
        pool_id: Sharing(
            terms=pool.terms,
            left=found.locked[pool_id].left,
            last_place=found.locked[pool_id].last_place,
            held=found.held[pool_id],
            shares=shares.get(pool_id, []),
            is_gathering=pool.is_gathering(now),
        )
        for pool_id, pool in pools.items()
    }


def part_of(number: int, ask: Ask, claimant: Claimant, grant: Grant) -> Part:
    return Part(number, ask.pool_id, ask.account_id, claimant.holder_id, ask.key, grant)


def again(ask: Ask, earlier: batches.Before) -> Answered:
    """What came of the claim that was made under the same key before; nothing, if the key stood for
    another one."""
    if earlier.pool_id != ask.pool_id or earlier.parts != ask.parts:
        return Answered(Verdict.KEY_USED)
    return Answered(
        verdict_of(earlier.state), earlier.claim_id, earlier.place, earlier.expires_at, True
    )


def told(answered: Answered, part: Part, claim_id: uuid.UUID | None) -> Answered:
    """The answer to a claim that was let in. Without an id it was not written: a moment ago the
    same key was used for something else."""
    if claim_id is None:
        return Answered(Verdict.KEY_USED)
    return replace(
        answered, claim_id=claim_id, place=part.grant.place, expires_at=part.grant.expires_at
    )
