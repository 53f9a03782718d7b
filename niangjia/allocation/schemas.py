"""What this room's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field


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
