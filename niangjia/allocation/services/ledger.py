"""A pool whose stock this transaction holds, and moving its claims: what all services but the
claiming of batches stand on."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Pool, Share, Stock
from niangjia.allocation.rules.dealing import Rest
from niangjia.allocation.services.writing import METRIC
from niangjia.core.errors import Conflict, NotFound
from niangjia.organisations.services import count

MOVE = """
    UPDATE allocation_claim claim
    SET state = moved.state, share_id = moved.share_id, expires_at = moved.expires_at,
        place = coalesce(moved.place, claim.place), changed_at = %s
    FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::timestamptz[], %s::bigint[])
         AS moved (id, state, share_id, expires_at, place)
    WHERE claim.id = moved.id
"""


@dataclass(frozen=True, slots=True)
class Move:
    """What a claim becomes. Without a `place` it keeps its own."""

    claim_id: uuid.UUID
    state: str
    share_id: uuid.UUID | None = None
    expires_at: dt.datetime | None = None
    place: int | None = None


@dataclass
class Held:
    """A pool whose stock is held, its stock, and its shares that have not flowed back."""

    pool: Pool
    stock: Stock
    shares: dict[uuid.UUID, Share]
    changed: set[uuid.UUID] = field(default_factory=set)
    taken_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.taken_before = self.stock.taken

    def rest(self) -> Rest:
        """What there is to give."""
        left = {share.pk: share.left for share in self.shares.values() if share.left}
        return Rest(self.stock.left, left)

    def take(self, parts: int, share_id: uuid.UUID | None) -> None:
        """Parts go to a claim, from a share or from what is for everybody."""
        self.move(parts, share_id)

    def give_back(self, parts: int, share_id: uuid.UUID | None) -> None:
        """Parts come back from a claim: to the share they came from, unless it has flowed back."""
        self.move(-parts, share_id)

    def move(self, parts: int, share_id: uuid.UUID | None) -> None:
        self.stock.taken += parts
        if share_id in self.shares:
            self.shares[share_id].taken += parts
            self.stock.reserved -= parts
            self.changed.add(share_id)

    def save(self) -> None:
        """Write what has changed, and count it up the tree."""
        for share_id in self.changed:
            self.shares[share_id].save(update_fields=["taken"])
        self.changed.clear()
        self.stock.save(update_fields=["supply", "taken", "reserved", "last_place"])
        change, self.taken_before = self.stock.taken - self.taken_before, self.stock.taken
        count(union_id=self.pool.union_id, metric=METRIC, change=change)


def hold(pool_id: uuid.UUID) -> Held:
    """Hold a pool's stock until the transaction ends. What stands in the pool is read once it is
    held, so that nothing of the one before is missed. Raises `NotFound`. Three queries."""
    stock = Stock.objects.select_for_update().filter(pk=pool_id).first()
    if stock is None:
        raise NotFound(_("There is no such page"))
    pool = Pool.objects.get(pk=pool_id)
    shares = Share.objects.filter(pool_id=pool_id, returned_at=None)
    return Held(pool, stock, {share.pk: share for share in shares})


def refuse_cancelled(held: Held) -> None:
    """Raise `Conflict` for a pool that was called off."""
    if held.pool.cancelled_at:
        raise Conflict(_("It was called off."), code="cancelled")


def move_claims(moves: Sequence[Move], *, now: dt.datetime) -> None:
    """Write what claims have become. One statement."""
    if not moves:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            [
                now,
                [move.claim_id for move in moves],
                [str(move.state) for move in moves],
                [move.share_id for move in moves],
                [move.expires_at for move in moves],
                [move.place for move in moves],
            ],
        )
