"""What this room's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from niangjia.allocation.models import ClaimState, Mode
from niangjia.allocation.rules.lines import Stage
from niangjia.allocation.rules.standing import Verdict


class ClaimIn(Schema):
    """How many parts of the pool: seats of a family, say. One, unless it is said."""

    parts: Annotated[int, Field(ge=1, le=100, strict=True)] = 1


class ClaimAnswer(Schema):
    """A claim that was let in. `verdict` says how it stands: the parts are yours (`granted`), held
    until you confirm them (`held`), offered to you (`offered`); or it is not decided yet: in line
    (`waiting`), or taken in with everybody else's of the opening seconds or for a draw (`entered`).
    `place` is its place in the pool, `expires_at` until when something is held or offered."""

    claim_id: uuid.UUID
    verdict: Literal["granted", "held", "waiting", "entered", "offered"]
    place: int | None
    expires_at: dt.datetime | None


class PoolUnion(Schema):
    number: str
    name: str


class ClaimOut(Schema):
    """`page`: the address of what it is of, "" where there is none. `expires_at`: until when
    something is held or offered. `reason`: why it was refused."""

    id: uuid.UUID
    pool_id: uuid.UUID
    name: str
    page: str
    state: ClaimState
    parts: int
    at: dt.datetime
    changed_at: dt.datetime
    expires_at: dt.datetime | None
    used_at: dt.datetime | None
    reason: str


class ClaimList(Schema):
    items: list[ClaimOut]
    next: str | None


class PoolLineOut(Schema):
    """A pool, and where the token's owner stands with it. `claim` is their live one, or the last
    that has ended."""

    id: uuid.UUID
    name: str
    union: PoolUnion
    page: str
    mode: Mode
    opens_at: dt.datetime
    closes_at: dt.datetime
    left: int = Field(description="for everybody, what is kept for single unions apart")
    stage: Stage
    verdict: Verdict = Field(description="granted: you may claim; otherwise why not")
    claim: ClaimOut | None
    place: int | None
    waiting: int
    pace: int
    entered: int
    seconds: int | None
