"""Writing claims that were let in, all of a batch at once."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from niangjia.allocation.events import PartsGranted
from niangjia.allocation.models import TAKING
from niangjia.allocation.rules.granting import Grant
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.services.telling import publish_claims
from niangjia.core import audit
from niangjia.core.database import arrays
from niangjia.organisations.services import count

#: What is counted up the tree: parts that somebody has.
METRIC = "claims"
#: Claims, and what they take from the stocks.
INSERT = """
    WITH taken AS (
        UPDATE allocation_stock stock
        SET taken = stock.taken + given.taken, reserved = stock.reserved - given.from_shares,
            last_place = stock.last_place + given.count
        FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[])
             AS given (pool_id, taken, from_shares, count)
        WHERE stock.pool_id = given.pool_id
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
    JOIN taken ON taken.pool_id = asked.pool_id
"""
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


def write_parts(
    parts: Sequence[Part],
    *,
    unions: Mapping[str, uuid.UUID],
    hold: Callable[[Iterable[str]], None],
    now: dt.datetime,
) -> None:
    """Write claims, take what they take from stocks and shares; record, publish and count it.

    On two trips, however many: one for the end of the audit chain that they hang on, one for all
    else. What everybody waits for, the stock, is held by `hold` as late as can be: what needs
    nothing of it goes before.
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
            count(union_id=unions[pool_id], metric=METRIC, change=change)
    hold(by_pool)
    insert(by_pool, now)
    connection.send_waiting()  # type: ignore[attr-defined]


def insert(by_pool: Mapping[str, Sequence[Part]], now: dt.datetime) -> None:
    """Write the claims, and take what they take from the stocks and the shares."""
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
