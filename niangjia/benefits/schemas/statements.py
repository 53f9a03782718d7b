"""Statements as operations take and give them. Amounts are whole fen."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.benefits.models import LineKind, StatementState
from niangjia.benefits.schemas.shapes import GivingUnion


class StatementOut(Schema):
    """`due_at`: until when the union answers a dispute, or the merchant looks through what was
    drawn up or answered."""

    number: str
    union: GivingUnion
    merchant: str
    month: dt.date
    state: StatementState
    redeemed_fen: int
    refunded_fen: int
    total_fen: int
    words: str
    payment: str
    due_at: dt.datetime | None


class StatementLineOut(Schema):
    id: uuid.UUID
    at: dt.datetime
    shop: str
    benefit: str
    coupon: str
    kind: LineKind
    amount_fen: int


class StatementList(Schema):
    items: list[StatementOut]
    next: str | None


class StatementLineList(Schema):
    items: list[StatementLineOut]
    next: str | None


class StatementAnswerIn(Schema):
    """Without `words` it is confirmed; with them it is disputed."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class DisputeAnswerIn(Schema):
    """`lines` are taken off; they stand on the next statement."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
    lines: list[uuid.UUID] = Field(default_factory=list, max_length=1000)


class StatementWordOut(Schema):
    """What one side said; `lines` were taken off, which come to `off_fen`."""

    at: dt.datetime
    by_union: bool
    words: str
    lines: int
    off_fen: int


class StatementWordList(Schema):
    items: list[StatementWordOut]


class PaymentIn(Schema):
    payment: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class SettlementLevelOut(Schema):
    """The statements of `union` and of all below it, or, where `is_own`, of it alone."""

    union: GivingUnion
    is_own: bool
    statements: int
    merchants: int
    paid_fen: int
    open_fen: int


class LevelList(Schema):
    items: list[SettlementLevelOut]


class MonthIn(Schema):
    """`month` is its first day; `union` its number."""

    union: str
    month: dt.date
