"""Claiming parts of pools: many claims, one transaction, one lock of each hot row."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from niangjia.allocation.rules.granting import Grant, Sharing, verdict_of
from niangjia.allocation.rules.standing import Claimant, Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services import openings
from niangjia.allocation.services.writing import Part, write_parts
from niangjia.core import clock, transactions


@dataclass(frozen=True, slots=True)
class Ask:
    """One claim: `account_id` wants `parts` of a pool. The same `key` again gets the same claim."""

    pool_id: uuid.UUID
    account_id: uuid.UUID
    key: str | None = None
    parts: int = 1


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
    numbers: dict[Ask, int] = {}
    distinct: list[Ask] = []
    at: list[tuple[int, bool]] = []
    for ask in asks:
        is_again = ask.key is not None and ask in numbers
        if not is_again:
            numbers[ask] = len(distinct)
            distinct.append(ask)
        at.append((numbers[ask], is_again))
    answers = answer(distinct, now=now)
    return [
        replace(answers[number], is_again=True) if is_again else answers[number]
        for number, is_again in at
    ]


def answer(asks: Sequence[Ask], *, now: dt.datetime) -> list[Answered]:
    """Decide about claims of which no two are the same, and write what was let in."""
    pools, sharing, people = read(asks, now)
    before = batches.claimed_before([(ask.account_id, ask.key) for ask in asks if ask.key])
    today = now.astimezone(clock.CHINA).date()
    answers: list[Answered] = []
    parts: list[Part] = []
    used: set[tuple[uuid.UUID, str]] = set()
    for number, ask in enumerate(asks):
        claimant = people.get(ask.account_id)
        if ask.key and (earlier := before.get((ask.account_id, ask.key))):
            answers.append(again(ask, earlier))
        elif ask.key and (ask.account_id, ask.key) in used:
            answers.append(Answered(Verdict.KEY_USED))
        elif claimant is None or ask.pool_id not in sharing:
            answers.append(Answered(Verdict.NO_SUCH_POOL))
        else:
            verdict, grant = sharing[ask.pool_id].ask(claimant, ask.parts, now=now, today=today)
            answers.append(Answered(verdict))
            if grant:
                parts.append(part_of(number, ask, claimant, grant))
                if ask.key:
                    used.add((ask.account_id, ask.key))
    written = write_parts(parts, unions={k: pool.union_id for k, pool in pools.items()}, now=now)
    for part in parts:
        answers[part.number] = told(answers[part.number], part, written.get(part.number))
    return answers


def read(
    asks: Sequence[Ask], now: dt.datetime
) -> tuple[dict[uuid.UUID, batches.Known], dict[uuid.UUID, Sharing], dict[uuid.UUID, Claimant]]:
    """Lock what is asked of, and read whatever decides about it."""
    pool_ids = [ask.pool_id for ask in asks]
    locked = batches.lock_stocks(pool_ids)
    pools = batches.read_pools(pool_ids)
    due = [pool.pool_id for pool in pools.values() if pool.is_due(now)]
    for pool_id in due:
        openings.decide(pool_id, now=now)
    if due:
        locked = batches.lock_stocks(pool_ids)
    people = batches.claimants(
        [ask.account_id for ask in asks],
        with_kind=any(pool.terms.kinds for pool in pools.values()),
    )
    held = batches.held_slots(
        [
            (ask.pool_id, people[ask.account_id].holder_id)
            for ask in asks
            if ask.account_id in people
        ]
    )
    shares = batches.shares_left([pool.pool_id for pool in pools.values() if pool.has_shares])
    sharing = {
        pool_id: Sharing(
            terms=pool.terms,
            left=locked[pool_id].left,
            last_place=locked[pool_id].last_place,
            held=held[pool_id],
            shares=shares.get(pool_id, []),
            is_gathering=pool.is_gathering(now),
        )
        for pool_id, pool in pools.items()
    }
    return pools, sharing, people


def part_of(number: int, ask: Ask, claimant: Claimant, grant: Grant) -> Part:
    return Part(number, ask.pool_id, ask.account_id, claimant.holder_id, ask.key, grant)


def again(ask: Ask, earlier: batches.Before) -> Answered:
    """What came of the claim that was made under the same key before."""
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
