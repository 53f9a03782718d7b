"""Taking coupons, as operations of tills take and give it. Amounts are whole fen."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from niangjia.benefits.models import MerchantState
from niangjia.benefits.schemas.shapes import Fen, Key, Reason


class SaleIn(Schema):
    """`amount_fen`: how much of it with the coupon; null: as much as it gives. `key` is of the
    purchase: sent again it is the same one. `bill_fen` can be left out for a thing that is handed
    over without a bill; for anything else it is needed."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    bill_fen: Fen = 0
    amount_fen: Fen | None = None
    key: Key


class SaleOut(Schema):
    """`is_piece`: one `benefit` is to be handed over, and nobody is owed anything for it."""

    id: uuid.UUID
    at: dt.datetime
    shop: str
    coupon: str
    benefit: str
    is_piece: bool
    bill_fen: int
    amount_fen: int
    refunded_fen: int


class SaleList(Schema):
    items: list[SaleOut]
    next: str | None


class RefundIn(Schema):
    amount_fen: Fen
    reason: Reason
    key: Key


class TillOut(Schema):
    """`reason` is why the merchant was suspended, or its contract ended; then it takes nothing."""

    shop: str
    name: str
    merchant: str
    merchant_state: MerchantState
    reason: str
    is_manager: bool


class TillList(Schema):
    items: list[TillOut]


class CashierOut(Schema):
    id: uuid.UUID
    since_at: dt.datetime
    is_manager: bool


class CashierList(Schema):
    items: list[CashierOut]


class TillLinkOut(Schema):
    """Shown once: whoever sends the token to `/tills` stands at this till."""

    token: str


class TillLinkIn(Schema):
    token: Annotated[str, StringConstraints(min_length=10, max_length=80)]
