"""Writing claims that were let in, all of a batch at once."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from niangjia.allocation.events import PartsGranted
from niangjia.allocation.models import TAKING
from niangjia.allocation.rules.granting import Grant
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit
from niangjia.core.database import arrays
from niangjia.organisations.services import count

#: What is counted up the tree: parts that somebody has.
METRIC = "claims"
#: Whether claims may be written as they were decided, of a stock that is held: its pool is the one
#: that was read, as much is kept for shares, and there is as much left as they would all have been
#: answered the same by.
AS_DECIDED = """stock.reserved = given.reserved
              AND stock.supply - stock.taken - stock.reserved BETWEEN given.least AND given.most
              AND EXISTS (SELECT FROM allocation_pool pool
                          WHERE pool.id = stock.pool_id AND pool.xmin = given.version)"""
#: Claims, and what they take from the stocks. Where they may not be written there is no place for
#: them, and none may be without one: then the statement fails, and with it the transaction.
INSERT = f"""
    WITH taken AS (
        UPDATE allocation_stock stock
        SET taken = stock.taken + given.taken, reserved = stock.reserved - given.from_shares,
            last_place = stock.last_place + given.count
        FROM unnest(%s::uuid[], %s::xid[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[],
                    %s::int[])
             AS given (pool_id, version, reserved, least, most, taken, from_shares, count)
        WHERE stock.pool_id = given.pool_id
              AND {AS_DECIDED}
        RETURNING stock.pool_id, old.last_place
    )
    INSERT INTO allocation_claim (id, pool_id, account_id, holder_id, slot, parts, place, share_id,
                                  state, at, changed_at, expires_at, key, reason)
    SELECT asked.id, asked.pool_id, asked.account_id, asked.holder_id, asked.slot, asked.parts,
           taken.last_place + asked.number, asked.share_id, asked.state, %s, %s,
           asked.expires_at, asked.key, ''
    FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::smallint[], %s::smallint[],
                %s::int[], %s::uuid[], %s::text[], %s::timestamptz[], %s::text[])
         AS asked (id, pool_id, account_id, holder_id, slot, parts, number, share_id, state,
                   expires_at, key)
    LEFT JOIN taken ON taken.pool_id = asked.pool_id
"""  # noqa: S608 - a part of ours; values are passed
TAKE_OF_SHARES = """
    UPDATE allocation_share share SET taken = share.taken + asked.taken
    FROM unnest(%s::uuid[], %s::int[]) AS asked (share_id, taken)
    WHERE share.id = asked.share_id
"""


class Part(NamedTuple):
    """What is about to be written for one claim of a batch. `is_again`: it is that of the claim
    before it under the same key."""

    claim_id: str
    pool_id: str
    account_id: str
    holder_id: str
    key: str | None
    verdict: Verdict
    grant: Grant
    is_again: bool = False

    @property
    def taken(self) -> int:
        """How many parts it takes from the stock now."""
        return self.grant.parts if self.grant.state in TAKING else 0


class Basis(NamedTuple):
    """What claims of a pool were decided by: the `version` of its row, what was kept for shares,
    and between how many parts left for everybody all would be answered the same."""

    union_id: uuid.UUID
    version: str
    reserved: int
    least: int
    most: int


def write_parts(
    parts: Sequence[Part], *, bases: Mapping[str, Basis], now: dt.datetime
) -> dict[str, int]:
    """Write claims, take what they take from stocks and shares; record, publish and count it.
    Returns by pool the last place that was given before. Raises `IntegrityError` where a stock, now
    that it is held, is not what they were decided by (`bases`, by pool).

    On two trips, however many: one for the end of the audit chain that they hang on, one for all
    else and the commit, where this is the whole transaction. What everybody waits for, the stock,
    is held as late as can be, what needs nothing of it goes before; and it is let go of without
    waiting for this process.
    """
    by_pool = defaultdict(list)
    for part in parts:
        by_pool[part.pool_id].append(part)
    audit.expect_entries(len(parts))
    connection.send_waiting()  # type: ignore[attr-defined]
    audit.record_all(
        [audit.Act("pool.claimed", part.account_id, f"claim:{part.claim_id}") for part in parts]
    )
    for pool_id, group in by_pool.items():
        granted = [part for part in group if part.taken]
        if granted:
            ids = [uuid.UUID(part.claim_id) for part in granted]
            publish_claims(PartsGranted, uuid.UUID(pool_id), ids)
            change = sum(part.taken for part in granted)
            count(union_id=bases[pool_id].union_id, metric=METRIC, change=change)
    last_places: dict[str, int] = {}

    def hear(cursor: Any) -> None:
        for pool_id, stock in batches.stocks_by_id(cursor.fetchall()).items():
            last_places[pool_id] = stock.last_place

    connection.later(batches.LOCK, [arrays.of_words(by_pool)], hear)  # type: ignore[attr-defined]
    insert(by_pool, bases, now)
    connection.send_last()  # type: ignore[attr-defined]
    return last_places


def insert(
    by_pool: Mapping[str, Sequence[Part]], bases: Mapping[str, Basis], now: dt.datetime
) -> None:
    """Write the claims, and take what they take from the stocks and the shares."""
    of_pools = [bases[pool_id] for pool_id in by_pool]
    parts = [part for group in by_pool.values() for part in group]
    grants = [part.grant for part in parts]
    from_shares: dict[uuid.UUID, int] = defaultdict(int)
    reserved: dict[str, int] = defaultdict(int)
    for part in parts:
        if part.grant.share_id and part.taken:
            from_shares[part.grant.share_id] += part.taken
            reserved[part.pool_id] += part.taken
    values = [
        arrays.of_words(by_pool),
        arrays.of_plain(basis.version for basis in of_pools),
        arrays.of_plain(basis.reserved for basis in of_pools),
        arrays.of_plain(basis.least for basis in of_pools),
        arrays.of_plain(basis.most for basis in of_pools),
        arrays.of_plain(sum(part.taken for part in group) for group in by_pool.values()),
        arrays.of_plain(reserved[pool_id] for pool_id in by_pool),
        arrays.of_plain(group[-1].grant.number for group in by_pool.values()),
        *(now, now),
        arrays.of_words([part.claim_id for part in parts]),
        arrays.of_words([part.pool_id for part in parts]),
        arrays.of_words([part.account_id for part in parts]),
        arrays.of_words([part.holder_id for part in parts]),
        arrays.of_plain([grant.slot for grant in grants]),
        arrays.of_plain([grant.parts for grant in grants]),
        arrays.of_plain([grant.number for grant in grants]),
        arrays.of_ids([grant.share_id for grant in grants]),
        arrays.of_plain([grant.state for grant in grants]),
        arrays.of_plain([grant.expires_at for grant in grants]),
        arrays.of_texts([part.key for part in parts]),
    ]
    connection.later(INSERT, values)  # type: ignore[attr-defined]
    if from_shares:
        taken = [arrays.of_ids(from_shares), arrays.of_plain(from_shares.values())]
        connection.later(TAKE_OF_SHARES, taken)  # type: ignore[attr-defined]
