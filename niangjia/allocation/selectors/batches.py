"""What a batch of claims needs to know: each is one question, however large the batch."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from niangjia.allocation.rules.granting import Claimant, Terms

LOCKED = """
    SELECT pool.id, pool.opens_at, pool.closes_at, pool.per_person, pool.reach_path,
           pool.needs_real_name, pool.member_days, pool.union_id,
           stock.supply - stock.taken, stock.last_place
    FROM allocation_stock stock JOIN allocation_pool pool ON pool.id = stock.pool_id
    WHERE stock.pool_id = ANY(%s::uuid[]) ORDER BY stock.pool_id FOR UPDATE OF stock
"""
CLAIMANTS = """
    SELECT account.id, coalesce(account.person_id, account.id), person.verified_at IS NOT NULL,
           home.path, membership.admitted_date
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
    JOIN allocation_claim claim USING (pool_id, holder_id) WHERE claim.state = 'held'
"""
BEFORE = """
    SELECT claim.account_id, claim.key, claim.pool_id, claim.id, claim.place
    FROM unnest(%s::uuid[], %s::text[]) AS asked (account_id, key)
    JOIN allocation_claim claim USING (account_id, key)
"""


class Locked:
    """A pool whose stock this transaction holds."""

    def __init__(self, row: Sequence[Any]) -> None:
        self.pool_id, opens, closes, per_person, reach, real_name, days, *rest = row
        self.terms = Terms(opens, closes, per_person, reach, real_name, days)
        self.union_id, self.left, self.last_place = rest


def lock_pools(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Locked]:
    """Hold the stock of pools until the transaction ends, always in the same order."""
    return {row[0]: Locked(row) for row in rows(LOCKED, list(set(pool_ids)))}


def claimants(account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Claimant]:
    """Who stands behind accounts; those that were closed are missing."""
    return {row[0]: Claimant(*row) for row in rows(CLAIMANTS, list(set(account_ids)))}


def held_slots(
    asked: Sequence[tuple[uuid.UUID, uuid.UUID]],
) -> dict[uuid.UUID, dict[uuid.UUID, set[int]]]:
    """Which slots of each pool its holders have, for pairs of pool and holder."""
    found: dict[uuid.UUID, dict[uuid.UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
    pairs = list(set(asked))
    for pool_id, holder_id, slot in rows(HELD, [p for p, _ in pairs], [h for _, h in pairs]):
        found[pool_id][holder_id].add(slot)
    return found


def claimed_before(
    asked: Sequence[tuple[uuid.UUID, str]],
) -> dict[tuple[uuid.UUID, str], tuple[uuid.UUID, uuid.UUID, int]]:
    """What pairs of account and key have got already: pool, claim, place."""
    found = rows(BEFORE, [account for account, _ in asked], [key for _, key in asked])
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in found}


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
