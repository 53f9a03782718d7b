"""Claiming parts of pools: many claims, one transaction, one lock of each hot row."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from niangjia.allocation.events import PartsGranted
from niangjia.allocation.rules.granting import Grant, Sharing, Verdict
from niangjia.allocation.selectors import batches
from niangjia.core import audit, clock, outbox, transactions
from niangjia.organisations.services import count

INSERT = """
    INSERT INTO allocation_claim (pool_id, account_id, holder_id, slot, place, state, at, key)
    SELECT asked.pool_id, asked.account_id, asked.holder_id, asked.slot, asked.place, 'held',
           %s, asked.key
    FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::smallint[], %s::bigint[], %s::text[])
         AS asked (pool_id, account_id, holder_id, slot, place, key)
    ON CONFLICT (account_id, key) DO NOTHING
    RETURNING pool_id, place, id
"""
TAKE = """
    UPDATE allocation_stock stock SET taken = taken + asked.count, last_place = asked.last_place
    FROM unnest(%s::uuid[], %s::int[], %s::bigint[]) AS asked (pool_id, count, last_place)
    WHERE stock.pool_id = asked.pool_id
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One claim: `account_id` wants a part of a pool. The same `key` again gets the same part."""

    pool_id: uuid.UUID
    account_id: uuid.UUID
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What one claim was answered; with a part, which claim it is and which place it has."""

    verdict: Verdict
    claim_id: uuid.UUID | None = None
    place: int | None = None
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is about to be written for the `number`-th claim of a batch."""

    number: int
    ask: Ask
    holder_id: uuid.UUID
    grant: Grant


def claim(*, ask: Ask, now: dt.datetime) -> Answered:
    """One claim alone. See `claim_all`."""
    return claim_all(asks=[ask], now=now)[0]


@transactions.atomic
def claim_all(*, asks: Sequence[Ask], now: dt.datetime) -> list[Answered]:
    """Answer many claims as if they had come one after the other, in one transaction.

    Nobody gets more than their share and no pool gives more than it has (promise 19): each stock is
    locked while its claims are decided, and constraints stand behind the lock. A key under which a
    part was granted gets that part again, within a batch as well (promise 20); refusals are not
    remembered. Ten statements, however many claims.
    """
    numbers: dict[Ask, int] = {}
    distinct: list[Ask] = []
    at: list[int] = []
    for ask in asks:
        if ask.key is None or ask not in numbers:
            numbers[ask] = len(distinct)
            distinct.append(ask)
            at.append(numbers[ask])
        else:
            at.append(-1 - numbers[ask])
    answers = answer(distinct, now=now)
    return [
        answers[number] if number >= 0 else replace(answers[-1 - number], is_again=True)
        for number in at
    ]


def answer(asks: Sequence[Ask], *, now: dt.datetime) -> list[Answered]:
    """Decide about claims of which no two are the same, and write what was granted."""
    pools = batches.lock_pools([ask.pool_id for ask in asks])
    before = batches.claimed_before([(ask.account_id, ask.key) for ask in asks if ask.key])
    people = batches.claimants([ask.account_id for ask in asks])
    held = batches.held_slots(
        [
            (ask.pool_id, people[ask.account_id].holder_id)
            for ask in asks
            if ask.account_id in people
        ]
    )
    sharing = {
        pool.pool_id: Sharing(
            pool.terms, left=pool.left, last_place=pool.last_place, held=held[pool.pool_id]
        )
        for pool in pools.values()
    }
    today = now.astimezone(clock.CHINA).date()
    answers: list[Answered] = []
    parts: list[Part] = []
    for number, ask in enumerate(asks):
        claimant = people.get(ask.account_id)
        if ask.key and (earlier := before.get((ask.account_id, ask.key))):
            answers.append(again(ask, *earlier))
        elif claimant is None or ask.pool_id not in sharing:
            answers.append(Answered(Verdict.NO_SUCH_POOL))
        else:
            verdict, grant = sharing[ask.pool_id].ask(claimant, now=now, today=today)
            answers.append(Answered(verdict))
            if grant:
                parts.append(Part(number, ask, claimant.holder_id, grant))
    written = write_parts(parts, now=now)
    for part in parts:
        claim_id = written.get((part.ask.pool_id, part.grant.place))
        # The same key has been used for another pool a moment ago.
        answers[part.number] = (
            Answered(Verdict.GRANTED, claim_id, part.grant.place)
            if claim_id
            else Answered(Verdict.KEY_USED)
        )
    by_pool = defaultdict(list)
    for part in parts:
        if claim_id := written.get((part.ask.pool_id, part.grant.place)):
            by_pool[part.ask.pool_id].append((claim_id, part))
    tell(by_pool, pools, sharing)
    return answers


def again(ask: Ask, pool_id: uuid.UUID, claim_id: uuid.UUID, place: int) -> Answered:
    """What was answered under the same key before."""
    if pool_id != ask.pool_id:
        return Answered(Verdict.KEY_USED)
    return Answered(Verdict.GRANTED, claim_id, place, is_again=True)


def write_parts(
    parts: Sequence[Part], *, now: dt.datetime
) -> dict[tuple[uuid.UUID, int], uuid.UUID]:
    """Write claims; the id of each by pool and place. One statement."""
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                now,
                [part.ask.pool_id for part in parts],
                [part.ask.account_id for part in parts],
                [part.holder_id for part in parts],
                [part.grant.slot for part in parts],
                [part.grant.place for part in parts],
                [part.ask.key for part in parts],
            ],
        )
        return {(pool_id, place): claim_id for pool_id, place, claim_id in cursor.fetchall()}


def tell(
    granted: Mapping[uuid.UUID, Sequence[tuple[uuid.UUID, Part]]],
    pools: Mapping[uuid.UUID, batches.Locked],
    sharing: Mapping[uuid.UUID, Sharing],
) -> None:
    """Take what was granted from the stocks; record, publish and count it."""
    if not granted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            [
                list(granted),
                [len(parts) for parts in granted.values()],
                [sharing[pool_id].last_place for pool_id in granted],
            ],
        )
    audit.record_all(
        [
            audit.Act("pool.claimed", part.ask.account_id, f"claim:{claim_id}")
            for parts in granted.values()
            for claim_id, part in parts
        ]
    )
    for pool_id, parts in granted.items():
        outbox.publish(PartsGranted(pool_id, tuple(claim_id for claim_id, _ in parts)))
        count(union_id=pools[pool_id].union_id, metric="claims", change=len(parts))
