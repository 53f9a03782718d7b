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
from niangjia.core import idempotency
from niangjia.core.database import arrays

#: What follows is planned once: anew for each batch, planning would cost as much as finding.
STOCKS = """
    SELECT stock.pool_id, stock.supply - stock.taken - stock.reserved, stock.reserved,
           stock.last_place, set_config('plan_cache_mode', 'force_generic_plan', true)
    FROM allocation_stock stock
    WHERE stock.pool_id = ANY(%s::uuid[]) ORDER BY stock.pool_id
"""
LOCK = f"{STOCKS} FOR UPDATE"
TERMS = """
    SELECT pool.id, pool.xmin::text, pool.union_id, pool.gather_seconds, pool.decided_at,
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
#: Who stands behind an account: columns of a `Claimant`, and the tables that they come from. What
#: kind of worker somebody is costs a look more for each and is left out where no pool asks for it.
CLAIMANT = """
    account.id::text, coalesce(account.person_id, account.id)::text,
    person.verified_at IS NOT NULL, home.path, membership.admitted_date,
    CASE WHEN EXISTS (
        SELECT FROM allocation_pool pool WHERE pool.id = ANY(%s::uuid[]) AND pool.kinds <> '{}'
    ) THEN coalesce((
        SELECT application.worker_kind FROM members_application application
        WHERE application.person_id = account.person_id AND application.status = 'admitted'
        ORDER BY application.id DESC LIMIT 1
    ), '') ELSE '' END,
    person.birth_date, coalesce(membership.workplace = 'outdoors', false)
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
#: its holder uses up, whether the key was used for something else than a claim, and the claim that
#: was made under it before. The states are spelled out: for a statement that is kept ready the
#: index of live claims is only used when they are known beforehand. `OFFSET 0` keeps the look-ups
#: one for each who asks: a new pool fills faster than the planner hears of it, and joined it would
#: read all claims for each.
ASKERS = f"""
    SELECT {CLAIMANT}, uuidv7()::text,
           (SELECT array_agg(live.slot) FROM (
               SELECT claim.slot FROM allocation_claim claim
               WHERE claim.pool_id = asked.pool_id
                     AND claim.holder_id = coalesce(account.person_id, account.id)
                     AND claim.state IN ({", ".join(f"'{state}'" for state in LIVE)}) OFFSET 0
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
        SELECT claim.pool_id::text, claim.id::text, claim.place, claim.state, claim.parts,
               claim.expires_at
        FROM allocation_claim claim
        WHERE claim.account_id = asked.account_id AND claim.key = asked.key OFFSET 0
    ) AS earlier ON true
    ORDER BY asked.number
"""  # noqa: S608 - as above
#: Of claims in their order, those under whose keys another operation is at work. The keys of the
#: rest are shared until the batch is committed, and who used them is read after that: so it is a
#: statement of its own. Nobody waits.
IN_USE = f"""
    SELECT asked.number - 1
    FROM unnest(%s::uuid[], %s::text[]) WITH ORDINALITY AS asked (account_id, key, number)
    WHERE asked.key IS NOT NULL AND NOT pg_try_advisory_xact_lock_shared(
        {idempotency.LOCK.format(account="asked.account_id", key="asked.key")})
"""  # noqa: S608 - parts of ours; values are passed
#: Whether a claim was made under a key: then it stands for nothing else (`core.idempotency`).
KEYS = """EXISTS (SELECT FROM allocation_claim claim
                  WHERE claim.account_id = %(account)s AND claim.key = %(key)s)"""


@dataclass(frozen=True, slots=True)
class Known:
    """A pool as a batch of claims sees it. `version` is another one once its row was written again.
    `gathers_until` is set while its opening seconds are not decided."""

    id: str
    version: str
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


class StockRead(NamedTuple):
    """What a pool has left for everybody and keeps for shares, and the last place that it gave."""

    left: int
    reserved: int
    last_place: int


class Before(NamedTuple):
    """A claim that was made under a key before."""

    pool_id: str
    claim_id: str
    place: int
    state: str
    parts: int
    expires_at: dt.datetime | None


class Asked(NamedTuple):
    """One claim: who asks of which pool, under which key. Ids are text, as the database writes it:
    a burst has thousands of them a second, and most of what objects of them would cost is for
    nothing."""

    pool_id: str
    account_id: str
    key: str | None
    parts: int
    is_bare: bool


class Asker(NamedTuple):
    """What decides about one claim: who makes it (None: nobody that there is), the id that it gets
    if it is let in, the slots that its holder uses up, whether another operation is at work under
    its key, whether that stands for something else, and the claim made under it before."""

    claimant: Claimant | None
    claim_id: str
    slots: Sequence[int] | None
    is_key_in_use: bool
    is_key_spent: bool
    before: Before | None


@dataclass(frozen=True, slots=True)
class Read:
    """What decides about a batch of claims: of each pool what there is and its terms, and who asks,
    in their order."""

    stocks: dict[str, StockRead]
    pools: dict[str, Known]
    askers: list[Asker]


def read_together(asks: Sequence[Asked], *, now: dt.datetime, is_held: bool) -> Read:
    """What decides about claims, on one trip, however many.

    With `is_held` the stock of the pools asked of is held from then on, always in the same order,
    and what the one before changed is read after that, so that it is seen. Without, all of it may
    be another by the time that anything is written.
    """
    pool_ids = [ask.pool_id for ask in asks]
    pools = arrays.of_words(set(pool_ids))
    accounts = arrays.of_words([ask.account_id for ask in asks])
    keys = arrays.of_texts([ask.key for ask in asks])
    used, stocks, terms, askers = connection.together(  # type: ignore[attr-defined]
        (IN_USE, [accounts, keys]),
        (LOCK if is_held else STOCKS, [pools]),
        (TERMS, [pools]),
        (ASKERS, [pools, now, arrays.of_words(pool_ids), accounts, keys]),
    )
    in_use = {number for (number,) in used}
    return Read(
        stocks=stocks_by_id(stocks),
        pools={known.id: known for known in map(known_of, terms)},
        askers=[asker(row, number in in_use) for number, row in enumerate(askers)],
    )


def asker(row: tuple[Any, ...], is_key_in_use: bool) -> Asker:
    """Of one row of `ASKERS`: first who it is, then what the claim needs to know, then `Before`."""
    who = Claimant._make(row[:8]) if row[0] else None
    claim_id, slots, is_key_spent = row[8:11]
    before = Before._make(row[11:]) if row[11] else None
    return Asker(who, claim_id, slots, is_key_in_use, is_key_spent, before)


def read_pools(pool_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Known]:
    """The terms of pools, as they are at this moment."""
    return {row[0]: known_of(row) for row in rows(TERMS, arrays.of_ids(set(pool_ids)))}


def stocks_by_id(read: Sequence[tuple[Any, ...]]) -> dict[str, StockRead]:
    """Stocks by their pools, of rows of `STOCKS`."""
    return {str(row[0]): StockRead._make(row[1:4]) for row in read}


def known_of(row: tuple[Any, ...]) -> Known:
    """A pool, of a row of `TERMS`; the last of its columns is a list, as PostgreSQL has it."""
    pool_id, version, union_id, gather_seconds, decided_at, has_shares, *terms, also = row
    is_undecided = gather_seconds and decided_at is None
    said = Terms(*(*terms, tuple(also)))
    until = said.opens_at + dt.timedelta(seconds=gather_seconds) if is_undecided else None
    return Known(str(pool_id), version, union_id, said, until, has_shares)


def shares_left(pool_ids: Sequence[str]) -> dict[str, list[Shared]]:
    """The shares of pools, whose stock is held, and what each has left."""
    found: dict[str, list[Shared]] = defaultdict(list)
    for pool_id, share_id, path, left in (
        rows(SHARES, arrays.of_words(pool_ids)) if pool_ids else ()
    ):
        found[str(pool_id)].append(Shared(share_id, path, left))
    return found


def claimants(
    account_ids: Sequence[uuid.UUID], *, pool_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Claimant]:
    """Who stands behind accounts that ask of pools; those that were closed are missing."""
    found = rows(CLAIMANTS, arrays.of_ids(pool_ids), arrays.of_ids(set(account_ids)))
    return {uuid.UUID(row[0]): Claimant._make(row) for row in found}


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.ready_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
