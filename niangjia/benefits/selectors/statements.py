"""Statements and their lines."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from niangjia.benefits.models import (
    Cashier,
    Merchant,
    Statement,
    StatementLine,
    StatementState,
    StatementWord,
)
from niangjia.benefits.selectors.tills import access_manager
from niangjia.benefits.selectors.within_reach import one, within
from niangjia.members.models import Account, Post

ORDER = ("-month", "-id")


def list_statements_of(merchant: Merchant) -> QuerySet[Statement]:
    """A merchant's own. Order by `ORDER`."""
    return Statement.objects.filter(merchant=merchant).select_related("union", "merchant")


def access_statement_for(account: Account, number: str) -> tuple[Statement, Cashier]:
    """A statement, and the till of the merchant's manager who asks. Raises `NotFound`."""
    statements = Statement.objects.select_related("union", "merchant")
    found = statements.filter(number=number).first()
    till = access_manager(account, found.merchant if found else None)
    assert found  # noqa: S101 - else nobody manages it
    return found, till


def list_statements_within(posts: Iterable[Post], state: str = "") -> QuerySet[Statement]:
    """What unions within reach owe. Order by `ORDER`."""
    found = Statement.objects.filter(within(posts)).select_related("union", "merchant")
    return found.filter(state=state) if state else found


class Owed(NamedTuple):
    """What a merchant was paid for a month, and is still to be paid. In fen."""

    month: dt.date
    name: str
    paid_fen: int
    open_fen: int


def list_owed_within(posts: Iterable[Post]) -> list[Owed]:
    """By merchant, for the newest month that unions within reach have statements of; the most
    first, 15 at most. One query."""
    found = Statement.objects.filter(within(posts)).order_by()
    newest = found.order_by("-month").values("month")[:1]
    is_paid = Q(state=StatementState.PAID)
    sums = found.filter(month=newest).values("month", "merchant", "merchant__name")
    rows = sums.annotate(
        whole=Sum("total_fen"), paid=Sum("total_fen", filter=is_paid, default=0)
    ).order_by("-whole", "merchant")
    return [
        Owed(row["month"], row["merchant__name"], int(row["paid"]), int(row["whole"] - row["paid"]))
        for row in rows[:15]
    ]


def access_statement_within(posts: Iterable[Post], number: str) -> Statement:
    """One of those. Raises `NotFound`."""
    return one(list_statements_within(posts).filter(number=number))


def list_said(statement: Statement) -> list[StatementWord]:
    """What both sides have said, the oldest first."""
    return list(statement.said.order_by("id")[:200])


def list_lines(statement: Statement) -> QuerySet[StatementLine]:
    """What a statement is made of. Order by "id"."""
    return StatementLine.objects.filter(statement=statement).select_related(
        "redemption__shop",
        "redemption__coupon__benefit",
        "refund__redemption__shop",
        "refund__redemption__coupon__benefit",
    )
