"""Substitutes, as operations take and give them."""

import datetime as dt
import uuid

from ninja import Schema


class SubstituteOut(Schema):
    """Who works for whom, from one moment to another; `is_live` says whether it holds now."""

    id: uuid.UUID
    absent: str
    substitute: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_live: bool


class SubstituteList(Schema):
    items: list[SubstituteOut]
    next: str | None


class SubstituteIn(Schema):
    """The accounts; `absent` null for oneself. Both days are included."""

    absent: uuid.UUID | None = None
    substitute: uuid.UUID
    first: dt.date
    last: dt.date


class SubstituteChoice(Schema):
    account_id: uuid.UUID
    name: str
    role: str
    union: str


class SubstituteChoiceList(Schema):
    items: list[SubstituteChoice]
    next: str | None
