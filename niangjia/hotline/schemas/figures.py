"""The board and the statistics, as operations give them."""

import datetime as dt

from ninja import Schema

from niangjia.hotline.schemas.orders import OrderUnionOut


class HotOut(Schema):
    """What eight or more called about in seven days."""

    name: str
    count: int


class BoardOut(Schema):
    """The day as the asker may see it. `satisfied` in per cent, null while few were asked."""

    calls_waiting: int
    fetching: int
    to_dispatch: int
    open: int
    late: int
    to_call: int
    to_check: int
    rectifying: int
    taken_today: int
    satisfied: int | None
    topics: list[HotOut]
    employers: list[HotOut]


class TallyOut(Schema):
    """Of the orders taken in: how many, and the rates in per cent, null of nothing."""

    taken: int
    settled: int
    on_time: int
    handed: int
    called: int
    rated: int
    satisfied: int
    settled_rate: float | None
    on_time_rate: float | None
    call_back_rate: float | None
    satisfied_rate: float | None


class UnitTallyOut(TallyOut):
    union: OrderUnionOut


class ClassCountOut(Schema):
    category: str
    channel: str
    count: int


class HotTopicOut(Schema):
    key: str
    name: str
    category: str
    count: int


class TrendOut(Schema):
    """How many were taken in on the day, or in the month, that begins with `since`."""

    since: dt.date
    count: int


class StatisticsOut(Schema):
    """Of a union and all below it. In tens where `is_rounded`, "fewer than ten" left out; `units`
    and `classes` are null where they would tell too much beside their sum."""

    union: OrderUnionOut
    since: dt.date
    until: dt.date
    is_rounded: bool
    is_waited_for: bool
    total: TallyOut
    units: list[UnitTallyOut] | None
    classes: list[ClassCountOut] | None
    topics: list[HotTopicOut]
    trend: list[TrendOut]
