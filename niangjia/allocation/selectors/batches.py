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
           pool.closed_at IS NOT NULL, pool.asks_more,
           CASE WHEN pool.also_reach = '{}' THEN '{}' ELSE ARRAY(
               SELECT beside.path FROM organisations_union beside
               WHERE beside.id = ANY(pool.also_reach)
           ) END
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
           CASE WHEN EXISTS (
               SELECT FROM allocation_pool pool
               WHERE pool.id = ANY(%s::uuid[]) AND pool.kinds <> '{}'
           ) THEN coalesce((
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
#: The states are spelled out: for a statement that is kept ready the index of live claims is only
#: used when they are known beforehand. `OFFSET 0` keeps the look-up one for each who asks: a new
#: pool fills faster than the planner hears of it, and joined it would read all claims for each.
HELD = """
    WITH asked AS MATERIALIZED (
        SELECT pair.pool_id, coalesce(account.person_id, account.id) AS holder_id
        FROM unnest(%s::uuid[], %s::uuid[]) AS pair (pool_id, account_id)
        JOIN members_account account ON account.id = pair.account_id
    )
    SELECT asked.pool_id, asked.holder_id, live.slot
    FROM asked CROSS JOIN LATERAL (
        SELECT claim.slot FROM allocation_claim claim
        WHERE claim.pool_id = asked.pool_id AND claim.holder_id = asked.holder_id
              AND claim.state IN ({live}) OFFSET 0
    ) AS live
""".replace("{live}", ", ".join(f"'{state}'" for state in LIVE))
BEFORE = """
    SELECT asked.account_id, asked.key, earlier.*
    FROM unnest(%s::uuid[], %s::text[]) AS asked (account_id, key) CROSS JOIN LATERAL (
        SELECT claim.pool_id, claim.id, claim.place, claim.state, claim.parts, claim.expires_at
        FROM allocation_claim claim
        WHERE claim.account_id = asked.account_id AND claim.key = asked.key OFFSET 0
    ) AS earlier
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


@dataclass(frozen=True, slots=True)
class Read:
    """What decides about a batch of claims, by pool, account, and account and key. `held` are the
    slots that each holder uses up."""

    locked: dict[uuid.UUID, Locked]
    pools: dict[uuid.UUID, Known]
    people: dict[uuid.UUID, Claimant]
    held: dict[uuid.UUID, dict[uuid.UUID, set[int]]]
    before: dict[tuple[uuid.UUID, str], Before]


Asked = tuple[uuid.UUID, uuid.UUID, str | None]


def read_together(asked: Sequence[Asked]) -> Read:
    """Hold the stock of the pools asked of, always in the same order, and read everything else
    after that, so that what the one before changed is seen. `asked` are pool, account and key of
    each claim. Five questions on one trip, however many claims."""
    pool_ids = arrays.of_ids({pool_id for pool_id, _account_id, _key in asked})
    account_ids = arrays.of_ids({account_id for _pool_id, account_id, _key in asked})
    pairs = list({(pool_id, account_id) for pool_id, account_id, _key in asked})
    of_pool = arrays.of_ids(pool_id for pool_id, _account_id in pairs)
    of_account = arrays.of_ids(account_id for _pool_id, account_id in pairs)
    keyed = [(account_id, key) for _pool_id, account_id, key in asked if key]
    owners = arrays.of_ids(account_id for account_id, _key in keyed)
    keys = arrays.of_texts(key for _account_id, key in keyed)
    stocks, pools, people, slots, before = connection.together(  # type: ignore[attr-defined]
        (LOCK, [pool_ids]),
        (TERMS, [pool_ids]),
        (CLAIMANTS, [pool_ids, account_ids]),
        (HELD, [of_pool, of_account]),
        (BEFORE, [owners, keys]),
    )
    held: dict[uuid.UUID, dict[uuid.UUID, set[int]]] = defaultdict(lambda: defaultdict(set))
    for pool_id, holder_id, slot in slots:
        held[pool_id][holder_id].add(slot)
    return Read(
        locked={row[0]: Locked(*row[1:]) for row in stocks},
        pools={row[0]: known(*row) for row in pools},
        people={row[0]: claimant(*row) for row in people},
        held=held,
        before={(row[0], row[1]): Before(*row[2:]) for row in before},
    )


def read_pools(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """The terms of pools, as they are at this moment."""
    return {row[0]: known(*row) for row in rows(TERMS, arrays.of_ids(set(pool_ids)))}


def known(
    pool_id: uuid.UUID,
    union_id: uuid.UUID,
    gather_seconds: int,
    decided_at: dt.datetime | None,
    has_shares: bool,
    *terms: Any,
) -> Known:
    """A row of `TERMS`; the last of its columns is a list, as PostgreSQL has it."""
    is_undecided = gather_seconds and decided_at is None
    said = Terms(*(*terms[:-1], tuple(terms[-1])))
    until = said.opens_at + dt.timedelta(seconds=gather_seconds) if is_undecided else None
    return Known(pool_id, union_id, said, until, has_shares)


def shares_left(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Shared]]:
    """The shares of pools, whose stock is held, and what each has left."""
    found: dict[uuid.UUID, list[Shared]] = defaultdict(list)
    for pool_id, share_id, path, left in rows(SHARES, arrays.of_ids(pool_ids)) if pool_ids else ():
        found[pool_id].append(Shared(share_id, path, left))
    return found


def claimants(
    account_ids: Sequence[uuid.UUID], *, pool_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Claimant]:
    """Who stands behind accounts that ask of pools; those that were closed are missing. What kind
    of worker somebody is costs a look more for each and is left out where no pool asks for it."""
    found = rows(CLAIMANTS, arrays.of_ids(pool_ids), arrays.of_ids(set(account_ids)))
    return {row[0]: claimant(*row) for row in found}


def claimant(
    account_id: uuid.UUID,
    holder_id: uuid.UUID,
    is_verified: bool,
    path: str | None,
    since: dt.date | None,
    kind: str | None,
    birth_date: dt.date | None,
) -> Claimant:
    return Claimant(account_id, holder_id, is_verified, path, since, kind or "", birth_date)


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.ready_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
