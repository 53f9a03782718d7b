"""Activities and sign-ups, as everybody's operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

Name = Annotated[str, StringConstraints(max_length=40)]


class OrganiserOut(Schema):
    number: str
    name: str


class ActivityOut(Schema):
    """An activity of a list. `division` is null for what is online; `metres` is the distance, where
    the list was asked from a point; `fee_fen` is for each person, in fen."""

    number: str
    name: str
    summary: str
    kind: str
    programme: str
    union: OrganiserOut
    division: str | None
    longitude: float | None
    latitude: float | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    opens_at: dt.datetime
    closes_at: dt.datetime
    mode: str
    fee_fen: int
    metres: float | None


class ActivityList(Schema):
    items: list[ActivityOut]
    next: str | None


class SessionOut(Schema):
    """`place` is empty for what is online. The link stands on the ticket alone. `cancelled_at`:
    this one was called off, and the others take place."""

    id: uuid.UUID
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    address: str
    cancelled_at: dt.datetime | None
    cancel_reason: str


class RunOut(Schema):
    """What one signs up for. `left` is exact below ten, in tens above; null before it is
    published. Whoever signs up within `gather_seconds` after it opens is served in random
    order."""

    id: uuid.UUID
    name: str
    is_cancelled: bool
    supply: int
    left: int | None
    is_open: bool
    has_waiting_list: bool
    gather_seconds: int
    sessions: list[SessionOut]


class ActivityDetail(ActivityOut):
    """`asks`: what one is asked when signing up, of "emergency", "identity", "health",
    "photos"."""

    text: str
    phone: str
    is_cancelled: bool
    cancel_reason: str
    companions_max: int
    team_min: int | None
    team_max: int | None
    seats_by_team: bool
    age_min: int | None
    age_max: int | None
    member_days: int
    confirm_hours: int
    asks: list[str]
    health_words: str
    co_organisers: list[OrganiserOut]
    runs: list[RunOut]


class CompanionIn(Schema):
    """`identity_number` only where the activity asks for it."""

    name: Name
    identity_number: Annotated[str, StringConstraints(max_length=18)] = ""


class TeamIn(Schema):
    """`size` is how many the team will be, where seats are counted by person."""

    name: Name
    size: int | None = None


class SignUpIn(Schema):
    """`run` is one of the activity's. What the activity does not ask is not kept. Where the
    activity takes teams, its captain signs up with the `team`."""

    run: uuid.UUID
    name: Name
    emergency_name: Name = ""
    emergency_phone: Name = ""
    declares_health: bool = False
    agrees_photos: bool = False
    companions: list[CompanionIn] = Field(default_factory=list, max_length=9)
    team: TeamIn | None = None


class SignUpOut(Schema):
    """`state` is confirmed, entered, waiting, offered, held, or how it ended; `expires_at` is until
    when an offer is kept; `place` is one's place among those who wait; `team` names one's
    team, "" for whoever is in none."""

    id: uuid.UUID
    activity: str
    run: uuid.UUID
    state: str
    people: int
    team: str
    made_at: dt.datetime
    expires_at: dt.datetime | None
    reason: str
    place: int | None


class SignUpList(Schema):
    items: list[SignUpOut]
    next: str | None
