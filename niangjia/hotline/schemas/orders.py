"""Work orders, paging, the board and the statistics, as operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

Reason = Annotated[str, StringConstraints(max_length=500)]
Words = Annotated[str, StringConstraints(max_length=600)]
Code = Annotated[str, StringConstraints(max_length=20)]


class OrderUnionOut(Schema):
    number: str
    name: str


class WorkOrderOut(Schema):
    """A work order. `case` and `due_at` are null for what was answered on the spot; `level` is what
    the person said when called back, 5 the best. To whoever had a hand in it the state is "settled"
    from the day it is settled to its close, and nothing tells what the person said. `returned_at`:
    since when it waits for the line to give it on again."""

    number: str
    line: str
    topic: str
    category: str
    grade: str
    urgent: str | None
    state: str
    union: OrderUnionOut
    case: str | None
    due_at: dt.datetime | None
    opened_at: dt.datetime
    returned_at: dt.datetime | None
    respond_by: dt.datetime | None
    is_fetching: bool
    call_back: str | None
    level: int | None
    quality: str | None


class WorkOrderList(Schema):
    items: list[WorkOrderOut]
    next: str | None


class TurnOut(Schema):
    """Which union had it when; `until` is null for the one that has it."""

    union: OrderUnionOut
    since: dt.datetime
    until: dt.datetime | None


class OrderEntryOut(Schema):
    kind: str
    title: str
    detail: str
    words: str
    at: dt.datetime


class WorkOrderDetail(WorkOrderOut):
    """With where it was, what happened, the latest first, and the units that are proposed."""

    turns: list[TurnOut]
    happened: list[OrderEntryOut]
    proposed: list[OrderUnionOut]


class DispatchIn(Schema):
    """`to` is a union's number."""

    to: Code
    reason: Reason


class ReturnIn(Schema):
    """Why it is not theirs to do."""

    reason: Reason


class GradeIn(Schema):
    """`grade` is ordinary, difficult or complex."""

    grade: Code
    reason: Reason


class UrgencyIn(Schema):
    """`kind` is danger, mass or suicide."""

    kind: Code


class OrderCallIn(Schema):
    """`result` is reached, declined, not_reached or wrong_number; `level` goes with reached."""

    result: Code
    level: int | None = Field(default=None, ge=1, le=5)
    indicators: Annotated[dict[Code, int], Field(max_length=10)] = {}
    words: Words = ""
    is_named: bool = False


class CheckIn(Schema):
    """`answers`: the checklist by its keys; one no needs `reason`."""

    answers: Annotated[dict[Code, bool], Field(max_length=20)]
    reason: Reason = ""


class OrderContactOut(Schema):
    name: str
    phone: str


class LineSettings(Schema):
    """Terms in working days, minutes, samples in per cent, and the classes checked whole."""

    ordinary_days: int
    difficult_days: int
    complex_days: int
    urgent_minutes: int
    page_minutes: int
    answered_call_back_percent: int
    quality_percent: int
    quality_always: Annotated[list[Code], Field(max_length=5)]
    is_open: bool


class OnCallIn(Schema):
    """Hours of the day in China; from and until alike is the whole day. `way`: sms or voice."""

    account: uuid.UUID
    from_time: dt.time
    until_time: dt.time
    way: Code


class OnCallOut(Schema):
    id: uuid.UUID
    account: uuid.UUID
    name: str
    position: int
    from_time: dt.time
    until_time: dt.time
    way: str


class OnCallList(Schema):
    items: list[OnCallOut]
    next: str | None
