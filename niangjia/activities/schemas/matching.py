"""Naming others, as operations take and give it."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.activities.schemas.desk import Said


class MatchTermsIn(Schema):
    """`hours` after the end, up to `most` people; all of it is erased `days` later. `is_on` false
    turns it off."""

    is_on: bool = True
    hours: int = 48
    most: int = 3
    days: int = 30


class MatchTermsOut(MatchTermsIn):
    """`guests`: how many take part. Whom they name no operation says."""

    guests: int


class MatchJoinIn(Schema):
    """`contact` is what those read whom one names and who name one, and nobody else."""

    contact: Said
    is_single: bool
    agrees: bool


class MatchNumberIn(Schema):
    """The number that somebody carries."""

    number: int


class MatchReportIn(MatchNumberIn):
    words: Said


class FoundOut(Schema):
    number: int
    name: str
    contact: str


class MatchingOut(Schema):
    """One's own side. `number` is one's own, null for whoever does not take part; `found` is empty
    until the window is closed."""

    number: int | None
    chosen: list[int]
    blocked: list[int]
    most: int
    is_open: bool
    is_settled: bool
    closes_at: dt.datetime
    erased_at: dt.datetime
    found: list[FoundOut]


class MatchReportOut(Schema):
    """`about` is the name on the list at the door. `is_upheld` is null until it is decided."""

    id: uuid.UUID
    number: int
    about: str
    words: str
    made_at: dt.datetime
    is_upheld: bool | None


class MatchVerdictIn(Schema):
    """Upheld: whoever it is about takes part no longer."""

    is_upheld: bool
