"""A month of activities."""

import datetime as dt
import uuid

from ninja import Schema


class MonthSessionOut(Schema):
    session: uuid.UUID
    activity: str
    name: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str


class MonthDayOut(Schema):
    date: dt.date
    items: list[MonthSessionOut]


class MonthOut(Schema):
    """The days on which something is on, those of the whole weeks around the month too. `is_cut`:
    there is more than is shown."""

    month: str
    days: list[MonthDayOut]
    is_cut: bool
