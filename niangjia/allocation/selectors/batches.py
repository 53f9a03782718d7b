"""What a batch of claims needs to know: each is one question, however large the batch."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
#: Who stands behind an account: the columns of a `Claimant`, and the tables that they come from.
CLAIMANT = """
    account.id, coalesce(account.person_id, account.id), person.verified_at IS NOT NULL,
    home.path, membership.admitted_date,
    CASE WHEN EXISTS (
        SELECT FROM allocation_pool pool WHERE pool.id = ANY(%s::uuid[]) AND pool.kinds <> '{}'
    ) THEN coalesce((
        SELECT application.worker_kind FROM members_application application
        WHERE application.person_id = person.id AND application.status = 'admitted'
        ORDER BY application.id DESC LIMIT 1
    ), '') ELSE '' END,
    person.birth_date
"""
BEHIND = """
    LEFT JOIN members_person person ON person.id = account.person_id
    LEFT JOIN members_membership membership
           ON membership.person_id = person.id AND membership.status = 'admitted'
    LEFT JOIN organisations_union home ON home.id = membership.union_id
"""
CLAIMANTS = f"""
    SELECT {CLAIMANT} FROM members_account account {BEHIND}
    WHERE account.id = ANY(%s::uuid[]) AND account.is_active
"""  # noqa: S608 - parts of ours; values are passed
#: Of each claim of a batch, in their order: who makes it, the id that it would get, the slots that
#: they use up, whether its key was used for something else than a claim, and the claim that was
#: made under it before. The states are spelled out: for a statement that is kept ready the index of
#: live claims is only used when they are known beforehand. `OFFSET 0` keeps the look-ups one for
#: each who asks: a new pool fills faster than the planner hears of it, and joined it would read all
#: claims for each.
ASKED = f"""
    SELECT {CLAIMANT}, uuidv7(),
           (SELECT array_agg(live.slot) FROM (
               SELECT claim.slot FROM allocation_claim claim
               WHERE claim.pool_id = asked.pool_id
                     AND claim.holder_id = coalesce(account.person_id, account.id)
                     AND claim.state IN ({{live}}) OFFSET 0
           ) AS live),
           EXISTS (SELECT FROM core_answeredrequest answered
                   WHERE answered.account_id = asked.account_id AND answered.key = asked.key
                         AND answered.expires_at > %s AND answered.answer IS NOT NULL),
           earlier.*
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) WITH ORDINALITY
         AS asked (pool_id, account_id, key, number)
    LEFT JOIN members_account account ON account.id = asked.account_id AND account.is_active
    {BEHIND}
    LEFT JOIN LATERAL (
        SELECT claim.pool_id, claim.id, claim.place, claim.state, claim.parts, claim.expires_at
        FROM allocation_claim claim
        WHERE claim.account_id = asked.account_id AND claim.key = asked.key OFFSET 0
    ) AS earlier ON true
    ORDER BY asked.number
""".replace("{live}", ", ".join(f"'{state}'" for state in LIVE))  # noqa: S608 - as above
#: One pool and hundreds of claims, or the other way round: planning them anew each time would cost
#: more than what is found, and find nothing better. Until the transaction ends.
KEEP_PLANS = "SET LOCAL plan_cache_mode = force_generic_plan"


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


class Before(NamedTuple):
    """A claim that was made under a key before."""

    pool_id: uuid.UUID
    claim_id: uuid.UUID
    place: int
    state: str
    parts: int
    expires_at: dt.datetime | None


class Asker(NamedTuple):
    """What decides about one claim: who makes it (None: nobody that there is), the id that it gets
    if it is let in, the slots that its holder uses up, whether its key stands for something else,
    and the claim that was made under it before."""

    claimant: Claimant | None
    claim_id: uuid.UUID
    slots: Sequence[int]
    is_key_spent: bool
    before: Before | None


@dataclass(frozen=True, slots=True)
class Read:
    """What decides about a batch of claims: of each pool what it has left and its terms, and who
    asks, in their order."""

    locked: dict[uuid.UUID, Locked]
    pools: dict[uuid.UUID, Known]
    askers: list[Asker]


Asked = tuple[uuid.UUID, uuid.UUID, str | None]


def read_together(asked: Sequence[Asked], *, now: dt.datetime) -> Read:
    """Hold the stock of the pools asked of, always in the same order, and read everything else
    after that, so that what the one before changed is seen. `asked` are pool, account and key of
    each claim. On one trip, however many claims."""
    pool_ids = arrays.of_ids({pool_id for pool_id, _account_id, _key in asked})
    each = [
        arrays.of_ids([pool_id for pool_id, _account_id, _key in asked]),
        arrays.of_ids([account_id for _pool_id, account_id, _key in asked]),
        arrays.of_texts([key for _pool_id, _account_id, key in asked]),
    ]
    connection.later(KEEP_PLANS, [])  # type: ignore[attr-defined]
    stocks, pools, askers = connection.together(  # type: ignore[attr-defined]
        (LOCK, [pool_ids]), (TERMS, [pool_ids]), (ASKED, [pool_ids, now, *each])
    )
    return Read(
        locked={row[0]: Locked(*row[1:]) for row in stocks},
        pools={row[0]: known(*row) for row in pools},
        askers=[asker(row) for row in askers],
    )


def asker(row: tuple[Any, ...]) -> Asker:
    """Of one row of `ASKED`."""
    return Asker(
        claimant(*row[:7]) if row[0] else None,
        row[7],
        row[8] or (),
        row[9],
        Before._make(row[10:]) if row[11] else None,
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
