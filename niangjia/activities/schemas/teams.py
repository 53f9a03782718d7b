"""Teams as operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.activities.schemas.portal import AnswersByKey, Name

Code = Annotated[str, StringConstraints(max_length=40)]


class TeammateOut(Schema):
    id: uuid.UUID
    name: str
    is_captain: bool


class TeamOut(Schema):
    """`size` is how many may be in it, `least` how many must by `due_at`; `is_dropped`: it was too
    few then. `state` is that of its claim."""

    id: uuid.UUID
    name: str
    size: int
    least: int
    due_at: dt.datetime
    state: str
    is_dropped: bool
    people: list[TeammateOut]


class TeamList(Schema):
    items: list[TeamOut]
    next: str | None


class TeamInvitationOut(Schema):
    """Shown once, and good for seven days and one person."""

    code: str


class TeammateIn(Schema):
    teammate: uuid.UUID


class JoinTeamIn(Schema):
    """A code, and what one says of oneself; see `SignUpIn`."""

    code: Code
    name: Name
    emergency_name: Name = ""
    emergency_phone: Name = ""
    declares_health: bool = False
    agrees_photos: bool = False
    answers: AnswersByKey = Field(default_factory=dict)
