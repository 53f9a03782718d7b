"""What the operations of the hotline take and answer."""

import datetime as dt
import uuid
from typing import Any

from ninja import Field, Schema


class HotlineLineOut(Schema):
    """A line somebody may answer."""

    number: str
    union: str = Field(alias="union.name")
    is_open: bool
    ordinary_days: int
    difficult_days: int
    complex_days: int
    urgent_minutes: int


class HotlineCallOut(Schema):
    """A call, without anything that is sealed."""

    id: uuid.UUID
    channel: str
    state: str
    ending: str
    rang_at: dt.datetime
    hung_up_at: dt.datetime | None
    call_back_by: dt.datetime | None
    draft_version: int


class HotlineCallDetail(HotlineCallOut):
    """A call in one's own hands, with what was said so far."""

    number: str
    words: str
    name: str
    phone: str
    typed: dict[str, list[str]]


class HotlineEndingIn(Schema):
    ending: str = Field(max_length=12)


class HotlineDraftIn(Schema):
    """What was typed so far; `version` is the one it began from."""

    typed: dict[str, list[str]]
    version: int | None = None


class HotlinePurposeIn(Schema):
    purpose: str = Field(max_length=20)
    words: str = Field("", max_length=160)


class HotlineIntakeIn(Schema):
    """What became of a call; see `services.Intake`. About `officer`, who works at `officer_union`
    (a number): they never see it."""

    topic: str = Field(max_length=40)
    grade: str = Field("", max_length=10)
    urgent: str = Field("", max_length=8)
    version: int | None = None
    goes_on: bool = False
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=20)
    is_anonymous: bool = False
    officer_union: str = Field("", max_length=20)
    officer: str = Field("", max_length=120)


class HotlineAnswerIn(HotlineIntakeIn):
    """It was answered on the spot; `may_text`: they agree to be asked by text message."""

    matter: str = Field(max_length=5000)
    answer: str = Field(max_length=5000)
    article: str = Field("", max_length=40)
    may_text: bool = False


class HotlineCaseIn(HotlineIntakeIn):
    """It becomes a case: at `union` (a number; the line's own without one)."""

    union: str = Field("", max_length=20)
    answers: dict[str, Any] = Field(default_factory=dict)
    employer: str = Field("", max_length=120)
    uscc: str = Field("", max_length=18)
    people_count: int = Field(1, ge=1, le=100_000)


class HotlineTakenOut(Schema):
    """A new order; the receipt is told here and never again."""

    number: str
    case: str | None
    receipt: str
    due_at: dt.datetime | None


class HotlineEarlierOut(Schema):
    """An earlier case of whoever calls: that there is one, and where."""

    number: str
    union: str
    state: str
    opened_at: dt.datetime


class HotlineLetterIn(Schema):
    words: str = Field(max_length=3000)
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=20)
    arrived_at: dt.datetime


class HotlineMessageIn(Schema):
    """A message to the line nearest to `division` (a code), or to the one named. About `officer`,
    who works at `officer_union` (a number): they never see it."""

    words: str = Field(max_length=3000)
    officer_union: str = Field("", max_length=20)
    officer: str = Field("", max_length=120)
    phone: str = Field("", max_length=20)
    division: str = Field("", max_length=9)


class HotlineMessageOut(Schema):
    """Where a message stands. With `rating_token` an answer is rated (`/ratings/links/{token}`)."""

    written_at: dt.datetime
    words: str
    answer: str
    rating_token: str
    case: str


class HotlineMessageTaken(Schema):
    """It has arrived; the receipt of whoever has no account is told here and never again."""

    line: str
    receipt: str


class HotlinePageOut(Schema):
    """What one was paged about; `is_mine` is false where a colleague came first."""

    number: str
    is_mine: bool
    respond_by: dt.datetime | None


class HotlineReceiptIn(Schema):
    receipt: str = Field(max_length=60)


class HotlineLines(Schema):
    items: list[HotlineLineOut]
    next: str | None = None


class HotlineCalls(Schema):
    items: list[HotlineCallOut]
    next: str | None = None


class HotlineEarlier(Schema):
    items: list[HotlineEarlierOut]
    next: str | None = None


class HotlineMessages(Schema):
    items: list[HotlineMessageOut]
    next: str | None = None
