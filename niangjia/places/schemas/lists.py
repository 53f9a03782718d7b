"""Lists of places as officers' programs send them and look them through."""

import datetime as dt
import uuid
from typing import Any, Literal

from ninja import Field, Schema

from niangjia.places.models import Kind, ListState, RowState
from niangjia.places.rules.points import System


class SentListOut(Schema):
    """A list. `columns`: which of `headings` holds what, by its number from 0; guessed at first."""

    id: uuid.UUID
    union: str
    name: str
    state: ListState
    system: str
    kind: Kind
    hours: str
    headings: list[str]
    columns: dict[str, int]
    total: int
    done: int
    due: int
    sent_at: dt.datetime
    ended_at: dt.datetime | None


class SentListList(Schema):
    """A page of them."""

    items: list[SentListOut]
    next: str | None


class SentListMeaningIn(Schema):
    """`kind` and `hours` are for rows that do not say; "" hours: such rows are asked about."""

    columns: dict[str, int]
    system: System
    kind: Kind = Kind.STATION
    hours: str = ""


class SentRowProblem(Schema):
    """What is wrong, in both languages; `mend`: what would put it right, or ""."""

    field: str
    mend: str
    zh: str
    en: str


class SentRowLike(Schema):
    """What a row may be the same as: a place by its code, or an earlier row by its number. Not
    `ours`: another union keeps it."""

    code: str | None = None
    number: int | None = None
    name: str
    metres: int
    ours: bool


class SentRowOut(Schema):
    """A row. `values` are of a listing; the point is WGS-84. `place`: the code of what came of
    it."""

    number: int
    state: RowState
    name: str
    address: str
    longitude: float | None
    latitude: float | None
    values: dict[str, Any]
    problems: list[SentRowProblem]
    likes: list[SentRowLike]
    place: str | None


class SentRowList(Schema):
    """A page of them."""

    items: list[SentRowOut]
    next: str | None


class RowsAnswerIn(Schema):
    """`numbers` null: all that are asked about still. `like`: which of its likes it is the same
    as, from 0."""

    answer: Literal["same", "another", "skip"]
    numbers: list[int] | None = Field(None, max_length=20_000)
    like: int = Field(0, ge=0)


class RowMendIn(Schema):
    """`numbers` null: all to which it was proposed."""

    mend: str = Field(max_length=30)
    numbers: list[int] | None = Field(None, max_length=20_000)


class RowCountOut(Schema):
    """How many rows."""

    rows: int
