"""Searching cases, as the operation takes and gives it."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas import CaseOut
from niangjia.cases.schemas.base import Key, Number
from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose

Text = Annotated[str, StringConstraints(max_length=120)]


class CaseSearchWhomIn(Schema):
    """A person by their whole name or exactly one number, and what their cases are looked up for:
    they can read it."""

    by: Literal["name", "identity_number", "phone"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    purpose: LookUpPurpose
    words: Annotated[
        str,
        StringConstraints(
            min_length=1, max_length=purposes.WORDS_MAX_LENGTH, strip_whitespace=True
        ),
    ]


class CaseSearchIn(Schema):
    """What is left out narrows nothing. `number` finds its case by itself; `employer` is a whole
    name or a credit code; `union` a number; `officer` an account."""

    words: Text = ""
    number: Number = ""
    whom: CaseSearchWhomIn | None = None
    service_key: Key = ""
    employer: Text = ""
    union: Number = ""
    officer: uuid.UUID | None = None
    states: Annotated[
        list[Literal["open", "paused", "closed", "withdrawn"]], Field(max_length=4)
    ] = []
    since: dt.date | None = None
    until: dt.date | None = None
    cursor: str | None = None


class CaseSearchOut(Schema):
    """The newest first. `count`, on the first page alone, is the least there are; `is_exact` says
    whether that is all."""

    items: list[CaseOut]
    next: str | None
    count: int | None
    is_exact: bool | None
