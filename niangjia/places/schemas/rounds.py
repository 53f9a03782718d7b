"""Rounds, problems and stars, as operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from niangjia.places.models import Found, Mender, ProblemState, Severity, Source

Said = Annotated[str, Field(max_length=500)]


class InspectionItem(Schema):
    """A place on a round, in order. `minutes` from the one before, estimated."""

    id: uuid.UUID
    position: int
    place: str
    name: str
    longitude: float
    latitude: float
    metres: int
    minutes: int
    found: str
    begun_at: dt.datetime | None
    arrived_at: dt.datetime | None
    done_at: dt.datetime | None


class RoundItem(Schema):
    """A round in a list: `done` of `places`."""

    id: uuid.UUID
    name: str
    date: dt.date
    union: str
    places: int
    done: int
    called_off_at: dt.datetime | None


class RoundList(Schema):
    items: list[RoundItem]
    next: str | None


class RoundDetail(RoundItem):
    inspections: list[InspectionItem]


class RoundIn(Schema):
    """`places` are codes of plates; the order is worked out. `inspectors`: accounts of officers of
    the union; nobody named means whoever asks. `start` is latitude,longitude, WGS-84."""

    name: Said
    date: dt.date
    places: Annotated[list[str], Field(max_length=60)]
    inspectors: list[uuid.UUID] = []
    start: Said = ""
    drives: bool = False


class HandingOverIn(Schema):
    """Who goes now; without a day it stays on the same."""

    inspectors: list[uuid.UUID]
    date: dt.date | None = None


class CallingOffRoundIn(Schema):
    reason: Said


class ChecklistItem(Schema):
    """One thing to look at; `facility` hangs on it."""

    key: str
    label: str
    facility: str


class InspectionDetail(InspectionItem):
    """`answers`: the item's key to [answer, words]."""

    items: list[ChecklistItem]
    answers: dict[str, list[str]]
    words: str


class InspectionIn(Schema):
    """`answers` by key: ok, bad, danger or na; `is_done`: everything was looked at. `plate` is the
    key of the plate at the door."""

    found: Found | None = None
    answers: dict[str, Said] = {}
    item_words: dict[str, Said] = {}
    words: Said = ""
    plate: Said = ""
    no_plate_reason: Said = ""
    is_done: bool = False


class ProblemItem(Schema):
    """Something wrong at a place: `label` ought to be so."""

    id: uuid.UUID
    place: str
    place_name: str
    about: str
    label: str
    facility: str
    severity: Severity
    source: Source
    mender: Mender
    state: ProblemState
    opened_at: dt.datetime
    due_at: dt.datetime
    is_late: bool
    closed_at: dt.datetime | None


class ProblemList(Schema):
    items: list[ProblemItem]
    next: str | None


class ProblemStepOut(Schema):
    kind: str
    at: dt.datetime
    words: str
    due_at: dt.datetime | None


class ProblemDetail(ProblemItem):
    steps: list[ProblemStepOut]


class ProblemWordsIn(Schema):
    words: Said


class ProblemReviewIn(Schema):
    """All right, or not; then in words why."""

    is_right: bool
    words: Said = ""


class MoreTimeIn(Schema):
    days: int
    words: Said


class StarRuleOut(Schema):
    """Unless it holds, a station has `most` stars at most."""

    key: str
    most: int
    label: str


class StarRulesOut(Schema):
    version: int
    kinds: list[str]
    objection_working_days: int
    terms: dict[str, int]
    rules: list[StarRuleOut]


class StarFindingOut(Schema):
    key: str
    label: str
    held: bool
    most: int
    evidence: str


class StarMonthOut(Schema):
    """`facts` are what they were judged by; `counts_from` is null while it is announced."""

    month: dt.date
    stars: int
    before: int | None
    reason: str
    facts: dict[str, Any]
    counts_from: dt.datetime | None
    objections_until: dt.datetime | None
    withdrawn_at: dt.datetime | None


class PlaceStarsOut(Schema):
    """`stars` is null for what has none (yet)."""

    stars: int | None
    findings: list[StarFindingOut]
    months: list[StarMonthOut]


class StarObjectionIn(Schema):
    words: Said


class StarObjectionOut(Schema):
    id: uuid.UUID
    words: str
    at: dt.datetime
    is_upheld: bool | None
    answer: str


class StarDecisionIn(Schema):
    is_upheld: bool
    answer: Said


class StarsByHandIn(Schema):
    stars: int
    reason: Said
