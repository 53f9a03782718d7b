"""Linked cases, as operations take and give them."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Schema

from niangjia.cases.schemas.base import Number, Reason


class LinkedCaseOut(Schema):
    """A link as seen from one case. `kind` says what the later case is to the earlier; `is_later`
    whether the case one asked about is the later; `merged_at` when it ended in the other."""

    id: uuid.UUID
    kind: str
    state: str
    found_by: str
    number: str
    is_later: bool
    at: dt.datetime
    merged_at: dt.datetime | None


class LinkedCaseList(Schema):
    items: list[LinkedCaseOut]
    next: str | None


class CaseLinkIn(Schema):
    """The number of the other case, and what this one is to it."""

    other: Number
    kind: Literal["duplicate", "related", "follows", "group"]


class CaseLinkChoiceIn(Schema):
    link: uuid.UUID


class CaseUnlinkIn(CaseLinkChoiceIn):
    reason: Reason
