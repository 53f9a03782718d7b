"""Statements and their lines."""

from collections.abc import Iterable

from django.db.models import QuerySet

from niangjia.benefits.models import (
    Cashier,
    Merchant,
    Statement,
    StatementLine,
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
