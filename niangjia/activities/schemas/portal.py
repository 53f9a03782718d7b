"""Activities and sign-ups, as everybody's operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

Name = Annotated[str, StringConstraints(max_length=40)]
Key = Annotated[str, StringConstraints(max_length=8)]
Line = Annotated[str, StringConstraints(max_length=100)]
Given = bool | int | Line | Annotated[list[Line], Field(max_length=20)] | None
#: Answers to an activity's own questions, by their keys.
AnswersByKey = Annotated[dict[Key, Given], Field(max_length=10)]


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


class QuestionOut(Schema):
    """A question of an activity's own. `kind` is text (answered with a string), one (with one of
    `options`), several (with a list of them), number (with a whole number) or yes_no (with true or
    false); `of_each`: companions answer it as well."""

    key: str
    label: str
    kind: str
    options: list[str]
    is_required: bool
    of_each: bool


class ActivityDetail(ActivityOut):
    """`asks`: what one is asked when signing up, of "emergency", "identity" and
    "ages" (of companions), "health", "photos"; `questions`: what is asked besides."""

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
    questions: list[QuestionOut]
    co_organisers: list[OrganiserOut]
    runs: list[RunOut]


class CompanionIn(Schema):
    """`identity_number` only where the activity asks for it, else the `age` in full years where it
    is for some ages alone; `answers` to those of its questions
    that are asked of each."""

    name: Name
    identity_number: Annotated[str, StringConstraints(max_length=18)] = ""
    age: int | None = None
    answers: AnswersByKey = Field(default_factory=dict)


class TeamIn(Schema):
    """`size` is how many the team will be, where seats are counted by person."""

    name: Name
    size: int | None = None


class SignUpIn(Schema):
    """`run` is one of the activity's. What the activity does not ask is not kept; `answers` are by
    the keys of its questions. A problem with one stands at "answer_" and its key, with that of the
    third companion at "companion_answer_", its key and "_3". Where the activity takes teams, its
    captain signs up with the `team`."""

    run: uuid.UUID
    name: Name
    emergency_name: Name = ""
    emergency_phone: Name = ""
    declares_health: bool = False
    agrees_photos: bool = False
    companions: list[CompanionIn] = Field(default_factory=list, max_length=9)
    answers: AnswersByKey = Field(default_factory=dict)
    team: TeamIn | None = None


class AnswersIn(Schema):
    """Answers said anew, all of them, and whom to call, where that is asked. `companions` are those
    of each, in the order in which they were signed up."""

    emergency_name: Name = ""
    emergency_phone: Name = ""
    answers: AnswersByKey = Field(default_factory=dict)
    companions: list[AnswersByKey] = Field(default_factory=list, max_length=9)


class AnswersOut(AnswersIn):
    """What was told. `may_change`: until sign-up closes."""

    name: str
    may_change: bool


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
