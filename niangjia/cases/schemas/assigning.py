"""Assignment by rule, as operations take and give it."""

import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.models import AssignmentWay
from niangjia.cases.schemas.base import Key, Number

ShortName = Annotated[str, StringConstraints(max_length=60)]


class AssignmentShareOut(Schema):
    """An officer's account and their share, from 1 to 9."""

    account: uuid.UUID
    weight: int = Field(default=1, ge=1, le=9)


class AssignmentRuleIn(Schema):
    """What a rule says; a condition left out fits every case. `employer` is a whole name or a code;
    `shares` empty: everybody who handles cases at the union, alike."""

    union: Number
    name: ShortName
    position: int = Field(default=1, ge=1, le=99)
    item: Key = ""
    division: Annotated[str, StringConstraints(max_length=12)] = ""
    employer: Annotated[str, StringConstraints(max_length=120)] = ""
    language: Annotated[str, StringConstraints(max_length=12)] = ""
    urgent_only: bool = False
    way: AssignmentWay = AssignmentWay.LEAST
    keeps_person: bool = True
    shares: Annotated[list[AssignmentShareOut], Field(max_length=200)] = []


class AssignmentRuleOut(Schema):
    id: uuid.UUID
    name: str
    position: int
    item: str
    division: str
    employer: str
    language: str
    urgent_only: bool
    way: str
    keeps_person: bool
    shares: list[AssignmentShareOut]


class AssignmentRuleList(Schema):
    items: list[AssignmentRuleOut]
    next: str | None


class AssignmentPlanOut(Schema):
    """To whom a case that nobody has would go; null where no rule finds anybody."""

    number: str
    account: uuid.UUID | None
    rule: str | None
    why: str | None


class AssignmentPlanList(Schema):
    items: list[AssignmentPlanOut]
    next: str | None


class AssignQueueIn(Schema):
    union: Number


class AssignQueueOut(Schema):
    assigned: int
