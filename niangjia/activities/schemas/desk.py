"""Activities as officers' operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from niangjia.activities.schemas.portal import QuestionOut

Line = Annotated[str, StringConstraints(max_length=120)]
Words = Annotated[str, StringConstraints(max_length=4000)]
Said = Annotated[str, StringConstraints(max_length=500)]
Number = Annotated[str, StringConstraints(max_length=20)]


class MeetingIn(Schema):
    """When and where. Moments have a zone; longitude and latitude are degrees, WGS-84. Where
    `place` is the name of one that unions keep, or the code on its plate, the address and the point
    follow."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    name: Line = ""
    place: Line = ""
    address: Line = ""
    longitude: float | None = None
    latitude: float | None = None
    link: Line = ""


class PlanIn(Schema):
    """`seen_by` and `open_to` are numbers of one's union or of one above it; null: everybody.
    `confirm_hours`: how long a seat by draw or approval is kept to be confirmed."""

    kind: Line
    name: Line
    summary: Line
    text: Words = ""
    programme: Line = ""
    seen_by: Number | None = None
    open_to: Number | None = None
    worker_kinds: list[Line] = Field(default_factory=list, max_length=10)
    needs_real_name: bool = False
    member_days: int = 0
    age_min: int | None = None
    age_max: int | None = None
    mode: Line = "first_come"
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    has_waiting_list: bool = True
    confirm_hours: int = 0
    companions_max: int = 0
    team_min: int | None = None
    team_max: int | None = None
    seats_by_team: bool = False
    team_wait_hours: int = 0
    asks_emergency: bool = False
    asks_identity: bool = False
    health_words: Said = ""
    takes_photos: bool = False
    fee_fen: int = 0
    phone: Line = ""


class NewActivityIn(PlanIn):
    """`union` puts it on; without, the union of one's own highest post."""

    union: Number | None = None
    seats: int
    meeting: MeetingIn


class NewRunIn(Schema):
    """`closes_at`, of one that is added to what is published: until when one can sign up for it;
    null: as for the others, or when it begins."""

    closes_at: AwareDatetime | None = None
    name: Line = ""
    seats: int
    meeting: MeetingIn


class WhereIn(Schema):
    """A place, or a link."""

    place: Line = ""
    address: Line = ""
    longitude: float | None = None
    latitude: float | None = None
    link: Line = ""


class ShiftIn(Schema):
    """Which `sessions` move: so many `days` later, from and to other times of the day in China,
    elsewhere. What is null stays as it is."""

    sessions: list[uuid.UUID] = Field(max_length=60)
    days: int = 0
    begins: dt.time | None = None
    ends: dt.time | None = None
    where: WhereIn | None = None


class PlannedOut(Schema):
    number: str
    name: str
    kind: str
    state: str
    union: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None


class PlannedList(Schema):
    items: list[PlannedOut]
    next: str | None


class PlannedSessionOut(Schema):
    id: uuid.UUID
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    changes: int
    cancelled_at: dt.datetime | None


class PlannedRunOut(Schema):
    """`taken` and `closes_at`, the end of sign-up, are null before it is published."""

    id: uuid.UUID
    name: str
    seats: int
    taken: int | None
    closes_at: dt.datetime | None
    is_cancelled: bool
    sessions: list[PlannedSessionOut]


class QuestionIn(Schema):
    """A question; its kinds are those of `QuestionOut`. With a `key` it is one that there is
    already, without it a new one."""

    key: Annotated[str, StringConstraints(max_length=8)] = ""
    label: Line
    kind: Line
    options: list[Line] = Field(default_factory=list, max_length=50)
    is_required: bool = False
    of_each: bool = False


class QuestionsIn(Schema):
    """All of them, in their order."""

    questions: list[QuestionIn] = Field(max_length=30)


class PlannedDetail(PlannedOut):
    questions: list[QuestionOut]
    runs: list[PlannedRunOut]


class CallingOffIn(Schema):
    reason: Said


class SeatsIn(Schema):
    """So many more; below 0 for fewer."""

    count: int


class ClosingIn(Schema):
    """Until when one can sign up; with a zone."""

    closes_at: AwareDatetime


class RunMessageIn(Schema):
    words: Said


class ComingOut(Schema):
    """Who signed up. `emergency` is whom to call, where that was asked; `answers` are theirs to the
    activity's own questions, by their keys, `companion_answers` those of each companion,
    `companion_ages` how old they said they are."""

    id: uuid.UUID
    name: str
    companions: list[str]
    people: int
    team: str
    state: str
    emergency: str
    answers: dict[str, Any]
    companion_ages: list[int | None]
    companion_answers: list[dict[str, Any]]
    paid_fen: int | None


class ComingList(Schema):
    items: list[ComingOut]
    next: str | None


class ChosenOut(Schema):
    """`words` are an answer of the list, or yes or no."""

    words: str
    count: int


class CountedOut(Schema):
    """What everybody with a seat answered to one of the activity's own questions, companions among
    them where they are asked: how many chose what, what numbers come to, how many answered, and how
    many of those asked have not."""

    key: str
    label: str
    chosen: list[ChosenOut]
    total: int | None
    answered: int
    missing: int


class CountedList(Schema):
    items: list[CountedOut]


class AttendanceIn(Schema):
    """`people`: how many of them came; all when left out. `undo`: it was a mistake."""

    sign_up: uuid.UUID
    people: int | None = None
    undo: bool = False


class AttendanceOut(Schema):
    sign_up: uuid.UUID
    people: int


class SessionDoorOut(Schema):
    """Where people come in by their codes."""

    gate: uuid.UUID
    begins_at: dt.datetime
    ends_at: dt.datetime


class SignUpDecisionIn(Schema):
    """A refusal needs a reason, which the person reads."""

    is_granted: bool
    reason: Said = ""


class SignUpPaymentIn(Schema):
    """What was paid on the spot, in fen; 0 takes it back."""

    fen: int
