"""Redemptions that are struck, as operations take and give them. Amounts are whole fen."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from niangjia.benefits.models import Occasion, StrikeState
from niangjia.benefits.schemas.shapes import GivingUnion, Reason

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500)]


class CouponUseOut(Schema):
    """What a coupon was used for; `kept_fen` is what of it was neither taken back nor struck."""

    id: uuid.UUID
    at: dt.datetime
    shop: str
    merchant: str
    bill_fen: int
    amount_fen: int
    kept_fen: int


class CouponUseList(Schema):
    items: list[CouponUseOut]


class StrikeIn(Schema):
    """`redemption` is its id; `is_party`: the coupon's holder had a part in it, else they are its
    victim. The merchant and the holder read `reason`."""

    redemption: uuid.UUID
    occasion: Occasion
    is_party: bool
    reason: Reason


class DropIn(Schema):
    reason: Reason


class StrikeObjectionIn(Schema):
    words: Words


class ObjectionAnswerIn(Schema):
    """`stands`: it stays struck; else it is owed again."""

    stands: bool
    words: Words


class MerchantStrikeOut(Schema):
    """What a merchant sees of it; `due_at` is until when it can object, or is answered."""

    id: uuid.UUID
    state: StrikeState
    union: GivingUnion
    shop: str
    benefit: str
    redeemed_at: dt.datetime
    reason: str
    amount_fen: int
    decided_at: dt.datetime | None
    due_at: dt.datetime | None
    objection: str
    answer: str
    ended_at: dt.datetime | None


class MerchantStrikeList(Schema):
    items: list[MerchantStrikeOut]
    next: str | None


class StrikeOut(MerchantStrikeOut):
    """`decision` says why it was not struck."""

    merchant: str
    coupon: str
    occasion: Occasion
    is_party: bool
    proposed_at: dt.datetime
    decision: str


class StrikeList(Schema):
    items: list[StrikeOut]
    next: str | None
