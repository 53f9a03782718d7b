"""What this room tells the rooms above: facts, by id."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class BenefitPublished(Event):
    """A benefit can be seen, and had from its pool's opening on."""

    benefit_id: uuid.UUID


@dataclass(frozen=True)
class BenefitCancelled(Event):
    """A benefit was called off; its coupons are blocked, some at a time."""

    benefit_id: uuid.UUID


@dataclass(frozen=True)
class CouponRedeemed(Event):
    """A coupon paid a part of a bill at a shop."""

    redemption_id: uuid.UUID
    benefit_id: uuid.UUID
    union_id: uuid.UUID
    amount_fen: int


@dataclass(frozen=True)
class RedemptionRefunded(Event):
    """A shop took something back; it is on the coupon again."""

    refund_id: uuid.UUID
    union_id: uuid.UUID
    amount_fen: int


@dataclass(frozen=True)
class RedemptionStruck(Event):
    """A union struck a redemption; the merchant can object."""

    strike_id: uuid.UUID
    union_id: uuid.UUID
    amount_fen: int


@dataclass(frozen=True)
class StrikeLifted(Event):
    """What was struck is owed again."""

    strike_id: uuid.UUID
    union_id: uuid.UUID
    amount_fen: int


@dataclass(frozen=True)
class StatementPaid(Event):
    """A union paid what it owed a merchant for a month."""

    statement_id: uuid.UUID
