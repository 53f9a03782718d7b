"""Statements as operations take and give them. Amounts are whole fen."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from niangjia.benefits.models import StatementState
from niangjia.benefits.schemas.shapes import GivingUnion


class StatementOut(Schema):
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


class StatementLineOut(Schema):
    at: dt.datetime
    shop: str
    benefit: str
    coupon: str
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


class PaymentIn(Schema):
    payment: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class MonthIn(Schema):
    """`month` is its first day; `union` its number."""

    union: str
    month: dt.date
