"""The calendar's days, over the API."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

Province = Annotated[str, StringConstraints(pattern=r"^([1-9][0-9])?$")]


class DayOut(Schema):
    """`province` is "" for the whole country."""

    date: dt.date
    province: str
    is_working: bool
    name: str
    source: str


class YearOut(Schema):
    """Days that differ from Monday to Friday. While not `is_known`, the arrangement of the year is
    not complete, and deadlines in it are uncertain."""

    year: int
    province: str
    is_known: bool
    source: str
    items: list[DayOut]


class DayIn(Schema):
    date: dt.date
    province: Province = ""
    is_working: bool
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    source: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class DayRef(Schema):
    date: dt.date
    province: Province = ""


class YearIn(Schema):
    year: int
    source: Annotated[str, StringConstraints(min_length=1, max_length=120)]
