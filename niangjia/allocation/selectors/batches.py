"""What a batch of claims needs to know: each is one question, however large the batch."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from niangjia.allocation.models import LIVE
from niangjia.allocation.rules.granting import Shared
from niangjia.allocation.rules.standing import Claimant, Terms
from niangjia.core.database import arrays

LOCK = """
    SELECT stock.pool_id, stock.supply - stock.taken - stock.reserved, stock.last_place
    FROM allocation_stock stock
    WHERE stock.pool_id = ANY(%s::uuid[]) ORDER BY stock.pool_id FOR UPDATE
"""
TERMS = """
    SELECT pool.id, pool.union_id, pool.gather_seconds, pool.decided_at,
           EXISTS (SELECT FROM allocation_share share
                   WHERE share.pool_id = pool.id AND share.returned_at IS NULL),
           pool.opens_at, pool.closes_at, pool.mode, pool.per_person, pool.parts_max,
           coalesce(reach.path, ''), pool.kinds, pool.needs_real_name, pool.member_days,
           pool.age_min, pool.age_max, pool.confirm_minutes, pool.has_waiting_list,
           pool.offer_minutes, pool.offers_until,
           pool.cancelled_at IS NOT NULL OR home.status = 'dissolved',
           pool.closed_at IS NOT NULL, pool.asks_more
    FROM allocation_pool pool
    JOIN organisations_union home ON home.id = pool.union_id
    LEFT JOIN organisations_union reach ON reach.id = pool.reach_id
    WHERE pool.id = ANY(%s::uuid[])
"""
SHARES = """
    SELECT share.pool_id, share.id, home.path, share.supply - share.taken
    FROM allocation_share share JOIN organisations_union home ON home.id = share.union_id
    WHERE share.pool_id = ANY(%s::uuid[]) AND share.returned_at IS NULL
"""
CLAIMANTS = """
    SELECT account.id, coalesce(account.person_id, account.id), person.verified_at IS NOT NULL,
           home.path, membership.admitted_date,
           CASE WHEN %s::boolean THEN coalesce((
               SELECT application.worker_kind FROM members_application application
               WHERE application.person_id = person.id AND application.status = 'admitted'
               ORDER BY application.id DESC LIMIT 1
           ), '') ELSE '' END,
           person.birth_date
    FROM members_account account
    LEFT JOIN members_person person ON person.id = account.person_id
    LEFT JOIN members_membership membership
           ON membership.person_id = person.id AND membership.status = 'admitted'
    LEFT JOIN organisations_union home ON home.id = membership.union_id
    WHERE account.id = ANY(%s::uuid[]) AND account.is_active
"""
HELD = """
    SELECT claim.pool_id, claim.holder_id, claim.slot
    FROM unnest(%s::uuid[], %s::uuid[]) AS asked (pool_id, holder_id)
    JOIN allocation_claim claim USING (pool_id, holder_id) WHERE claim.state = ANY(%s::text[])
"""
BEFORE = """
    SELECT claim.account_id, claim.key, claim.pool_id, claim.id, claim.place, claim.state,
           claim.parts, claim.expires_at
    FROM unnest(%s::uuid[], %s::text[]) AS asked (account_id, key)
    JOIN allocation_claim claim USING (account_id, key)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A pool as a batch of claims sees it. `gathers_until` is set while its opening seconds are not
    decided."""

    pool_id: uuid.UUID
    union_id: uuid.UUID
    terms: Terms
    gathers_until: dt.datetime | None
    has_shares: bool

    def is_gathering(self, now: dt.datetime) -> bool:
        """Whether claims are gathered, to be put in random order."""
        return self.gathers_until is not None and now < self.gathers_until

    def is_due(self, now: dt.datetime) -> bool:
        """Whether what was gathered has to be decided before anything else is."""
        return self.gathers_until is not None and now >= self.gathers_until


@dataclass(frozen=True, slots=True)
class Locked:
    """What a pool has left for everybody, while this transaction holds its stock."""

    left: int
    last_place: int


@dataclass(frozen=True, slots=True)
class Before:
    """A claim that was made under a key before."""

    pool_id: uuid.UUID
    claim_id: uuid.UUID
    place: int
    state: str
    parts: int
    expires_at: dt.datetime | None


def lock_stocks(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Locked]:
    """Hold the stock of pools until the transaction ends, always in the same order."""
    return {row[0]: Locked(*row[1:]) for row in rows(LOCK, arrays.of_ids(set(pool_ids)))}


def read_pools(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """The terms of pools. Asked after their stock is held: what the one before changed is seen."""
    return {row[0]: known(*row) for row in rows(TERMS, arrays.of_ids(set(pool_ids)))}


def known(
    pool_id: uuid.UUID,
    union_id: uuid.UUID,
    gather_seconds: int,
    decided_at: dt.datetime | None,
    has_shares: bool,
    opens_at: dt.datetime,
    *terms: Any,
) -> Known:
    is_undecided = gather_seconds and decided_at is None
    until = opens_at + dt.timedelta(seconds=gather_seconds) if is_undecided else None
    return Known(pool_id, union_id, Terms(opens_at, *terms), until, has_shares)


def shares_left(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Shared]]:
    """The shares of pools, whose stock is held, and what each has left."""
    found: dict[uuid.UUID, list[Shared]] = defaultdict(list)
    for pool_id, share_id, path, left in rows(SHARES, arrays.of_ids(pool_ids)) if pool_ids else ():
        found[pool_id].append(Shared(share_id, path, left))
    return found


def claimants(
    account_ids: Sequence[uuid.UUID], *, with_kind: bool = True
) -> dict[uuid.UUID, Claimant]:
    """Who stands behind accounts; those that were closed are missing. What kind of worker somebody
    is costs a look more for each and is left out where no pool asks for it."""
    found = rows(CLAIMANTS, with_kind, arrays.of_ids(set(account_ids)))
    return {
        row[0]: Claimant(row[0], row[1], row[2], row[3], row[4], row[5] or "", row[6])
        for row in found
    }


def held_slots(
    asked: Sequence[tuple[uuid.UUID, uuid.UUID]],
) -> dict[uuid.UUID, dict[uuid.UUID, set[int]]]:
    """Which slots of each pool its holders use up, for pairs of pool and holder."""
    found: dict[uuid.UUID, dict[uuid.UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
    pairs = list(set(asked))
    pools = arrays.of_ids(pool_id for pool_id, _holder_id in pairs)
    holders = arrays.of_ids(holder_id for _pool_id, holder_id in pairs)
    for pool_id, holder_id, slot in rows(HELD, pools, holders, arrays.of_plain(LIVE)):
        found[pool_id][holder_id].add(slot)
    return found


def claimed_before(
    asked: Sequence[tuple[uuid.UUID, str]],
) -> dict[tuple[uuid.UUID, str], Before]:
    """What pairs of account and key have got already."""
    accounts = arrays.of_ids(account_id for account_id, _key in asked)
    found = rows(BEFORE, accounts, arrays.of_texts(key for _account_id, key in asked))
    return {(row[0], row[1]): Before(*row[2:]) for row in found}


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.ready_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
