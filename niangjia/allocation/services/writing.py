"""Writing claims that were let in, all of a batch at once."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import psycopg
from django.db import IntegrityError, connection

from niangjia.allocation.events import PartsGranted
from niangjia.allocation.models import TAKING
from niangjia.allocation.rules.granting import Grant
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit
from niangjia.core.database import arrays
from niangjia.organisations.services import count

#: What is counted up the tree: parts that somebody has.
METRIC = "claims"
ONE_KEY = "claim_once_a_key"
#: Claims, and what they take from the stocks.
INSERT = """
    WITH taken AS (
        UPDATE allocation_stock stock
        SET taken = stock.taken + given.taken, reserved = stock.reserved - given.from_shares,
            last_place = given.last_place
        FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::bigint[])
             AS given (pool_id, taken, from_shares, last_place)
        WHERE stock.pool_id = given.pool_id
    )
    INSERT INTO allocation_claim (id, pool_id, account_id, holder_id, slot, parts, place, share_id,
                                  state, at, changed_at, expires_at, key, reason)
    SELECT asked.id, asked.pool_id, asked.account_id, asked.holder_id, asked.slot, asked.parts,
           asked.place, asked.share_id, asked.state, %s, %s, asked.expires_at, asked.key, ''
    FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::smallint[], %s::smallint[],
                %s::bigint[], %s::uuid[], %s::text[], %s::timestamptz[], %s::text[])
         AS asked (id, pool_id, account_id, holder_id, slot, parts, place, share_id, state,
                   expires_at, key)
"""
TAKE_OF_SHARES = """
    UPDATE allocation_share share SET taken = share.taken + asked.taken
    FROM unnest(%s::uuid[], %s::int[]) AS asked (share_id, taken)
    WHERE share.id = asked.share_id
"""


class Part(NamedTuple):
    """What is about to be written for one claim of a batch."""

    claim_id: uuid.UUID
    pool_id: uuid.UUID
    account_id: uuid.UUID
    holder_id: uuid.UUID
    key: str | None
    grant: Grant

    @property
    def taken(self) -> int:
        """How many parts it takes from the stock now."""
        return self.grant.parts if self.grant.state in TAKING else 0


def write_parts(
    parts: Sequence[Part], *, unions: Mapping[uuid.UUID, uuid.UUID], now: dt.datetime
) -> None:
    """Write claims, take what they take from stocks and shares; record, publish and count it. All
    of it goes on one trip, with the next statement or at the end of the service
    (`core.database`)."""
    if not parts:
        return
    by_pool = defaultdict(list)
    for part in parts:
        by_pool[part.pool_id].append(part)
    insert(by_pool, now)
    audit.record_all(
        [audit.Act("pool.claimed", part.account_id, f"claim:{part.claim_id}") for part in parts]
    )
    for pool_id, group in by_pool.items():
        granted = [part for part in group if part.taken]
        if granted:
            publish_claims(PartsGranted, pool_id, [part.claim_id for part in granted])
            change = sum(part.taken for part in granted)
            count(union_id=unions[pool_id], metric=METRIC, change=change)


def insert(by_pool: Mapping[uuid.UUID, Sequence[Part]], now: dt.datetime) -> None:
    """Write the claims, and take what they take from the stocks and the shares."""
    parts = [part for group in by_pool.values() for part in group]
    grants = [part.grant for part in parts]
    from_shares: dict[uuid.UUID, int] = defaultdict(int)
    reserved: dict[uuid.UUID, int] = defaultdict(int)
    for part in parts:
        if part.grant.share_id and part.taken:
            from_shares[part.grant.share_id] += part.taken
            reserved[part.pool_id] += part.taken
    values = [
        arrays.of_ids(by_pool),
        arrays.of_plain(sum(part.taken for part in group) for group in by_pool.values()),
        arrays.of_plain(reserved[pool_id] for pool_id in by_pool),
        arrays.of_plain(group[-1].grant.place for group in by_pool.values()),
        *(now, now),
        arrays.of_ids([part.claim_id for part in parts]),
        arrays.of_ids([part.pool_id for part in parts]),
        arrays.of_ids([part.account_id for part in parts]),
        arrays.of_ids([part.holder_id for part in parts]),
        arrays.of_plain([grant.slot for grant in grants]),
        arrays.of_plain([grant.parts for grant in grants]),
        arrays.of_plain([grant.place for grant in grants]),
        arrays.of_ids([grant.share_id for grant in grants]),
        arrays.of_plain([grant.state for grant in grants]),
        arrays.of_plain([grant.expires_at for grant in grants]),
        arrays.of_texts([part.key for part in parts]),
    ]
    connection.later(INSERT, values)  # type: ignore[attr-defined]
    if from_shares:
        taken = [arrays.of_ids(from_shares), arrays.of_plain(from_shares.values())]
        connection.later(TAKE_OF_SHARES, taken)  # type: ignore[attr-defined]


def is_of_a_key(error: IntegrityError) -> bool:
    """Whether a claim was refused because there is one under its key already."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.diag.constraint_name == ONE_KEY
