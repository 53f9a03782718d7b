"""/desk/benefits/statements: drawing up, answering disputes, noting payments; by the pages'
services."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.benefits import services
from niangjia.benefits.api.desk import GIVE, acting, union_of
from niangjia.benefits.api.tills import lines_shown, statement_shown
from niangjia.benefits.models import StatementState
from niangjia.benefits.rules import months
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.schemas.statements import (
    DisputeAnswerIn,
    LevelList,
    MonthIn,
    PaymentIn,
    StatementLineList,
    StatementList,
    StatementOut,
    StatementWordList,
)
from niangjia.benefits.selectors import statements as statement_selectors
from niangjia.benefits.selectors.levels import list_levels
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.selectors.unions_within_reach import access_asked_union

router = Router(tags=["benefits"])


@router.get("/statements", response=StatementList, summary="Statements within reach")
def list_statements(
    request: HttpRequest, state: StatementState | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The newest month first."""
    found = statement_selectors.list_statements_within(posts_for(request, GIVE), state or "")
    page = page_of(found, order=statement_selectors.ORDER, cursor=cursor)
    return {"items": list(map(statement_shown, page.items)), "next": page.next}


@router.get("/statements/levels", response=LevelList, summary="Settlement by level")
def list_settlement_levels(
    request: HttpRequest,
    union: str | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> dict[str, Any]:
    """By union right below `union` (its number; without: of one's highest post), of the months of
    the days from `first` to `last`; without: this year until now."""
    posts = posts_for(request, GIVE)
    found = access_asked_union(posts, GIVE, union)
    this = months.first_of(clock.now())
    begin = (first or this.replace(month=1)).replace(day=1)
    rows = list_levels(posts, found, first=begin, last=(last or this).replace(day=1))
    return {"items": [vars(row) | {"union": named(row.union)} for row in rows]}


@router.post("/statements", response=StatementList, summary="Draw up statements")
def draw_up_statements(request: HttpRequest, payload: MonthIn) -> dict[str, Any]:
    """Of a month that is over; those that are new are answered."""
    union = union_of(request, payload.union)
    made = services.draw_up_statements(
        month=payload.month.replace(day=1),
        union=union,
        by=acting(request, union),
        now=clock.now(),
    )
    return {"items": list(map(statement_shown, made)), "next": None}


@router.get(
    "/statements/{number}/lines", response=StatementLineList, summary="Lines of a statement"
)
def list_lines(request: HttpRequest, number: str, cursor: str | None = None) -> dict[str, Any]:
    """In the order in which they were written."""
    found = statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    return lines_shown(found, cursor)


@router.post("/statements/{number}/payment", response=StatementOut, summary="Note a payment")
def record_payment(request: HttpRequest, number: str, payload: PaymentIn) -> dict[str, Any]:
    """Not by whoever drew it up, and once the merchant has confirmed it."""
    found = statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    services.record_payment(
        by=acting(request, found.union),
        statement=found,
        payment=payload.payment,
        now=clock.now(),
    )
    return statement_shown(
        statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    )


@router.get("/statements/{number}/words", response=StatementWordList, summary="What was said of it")
def list_words(request: HttpRequest, number: str) -> dict[str, Any]:
    """By the union and by the merchant, the oldest first."""
    found = statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    return {"items": statement_selectors.list_said(found)}


@router.post("/statements/{number}/answer", response=StatementOut, summary="Answer a dispute")
def answer_dispute(request: HttpRequest, number: str, payload: DisputeAnswerIn) -> dict[str, Any]:
    """Say why it is right, or take lines off it. The merchant agrees, or disputes it again."""
    found = statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    services.answer_dispute(
        by=acting(request, found.union),
        statement=found,
        words=payload.words,
        line_ids=payload.lines,
        now=clock.now(),
    )
    return statement_shown(
        statement_selectors.access_statement_within(posts_for(request, GIVE), number)
    )
