"""What this room's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.feedback.models import CallResult, Finding, Level, SignalKind, Stage, Verdict
from niangjia.feedback.rules.publishing import Published

Words = Annotated[str, StringConstraints(max_length=1000)]
Line = Annotated[str, StringConstraints(max_length=600)]


class Names(Schema):
    """A name in both languages."""

    zh: str
    en: str


class UnionNamed(Schema):
    number: str
    name: str


class RatingOut(Schema):
    level: Level
    words: str | None
    is_named: bool
    may_be_shown: bool
    rated_at: dt.datetime


class InvitationOut(Schema):
    """A finished service. `is_open`: it can still be rated. `rating` is null until it is, and to
    whoever asks by a code that the rated officer showed; `due_at` is by when a bad rating is put
    right."""

    id: uuid.UUID
    item: Names
    union: UnionNamed
    finished_at: dt.datetime
    closes_at: dt.datetime
    is_open: bool
    rating: RatingOut | None
    stage: Stage | None
    due_at: dt.datetime | None


class InvitationList(Schema):
    items: list[InvitationOut]
    next: str | None


class RatingIn(Schema):
    """`indicators`: levels 1 to 5 by name: efficiency, guide_accuracy, convenience, usability for
    services done online; service_speed, service_skill, attitude where people met."""

    level: int = Field(ge=1, le=5)
    indicators: dict[str, int] = Field(default_factory=dict, max_length=7)
    words: Line = ""
    is_named: bool = False
    may_be_shown: bool = False
    contact: str = Field("", max_length=60, description="of somebody unknown, for a call-back")


class ScoreOut(Schema):
    """A mean of 1 to 5, drawn towards that of the union above, and its 95 % interval."""

    mean: float
    low: float
    high: float


class LevelOut(Schema):
    level: Level
    count: int = Field(description="rounded down to tens")


class PublishedOut(Schema):
    """Counts are rounded down to tens; `score` is null below ten ratings."""

    count: int
    score: ScoreOut | None
    levels: list[LevelOut] | None

    @staticmethod
    def resolve_levels(found: Published) -> list[dict[str, int]] | None:
        """Each level with its count."""
        if found.levels is None:
            return None
        return [{"level": level, "count": count} for level, count in found.levels]


class ItemScoreOut(Schema):
    key: str
    name: Names
    published: PublishedOut


class MonthScoreOut(Schema):
    month: str
    published: PublishedOut


class UnionScoreOut(Schema):
    union: UnionNamed
    published: PublishedOut


class AnswerOut(Schema):
    """What a union answered in public, once the union above approved it."""

    union: UnionNamed
    item_key: str
    level: Level
    shown_words: str
    text: str
    published_at: dt.datetime


class AnswerList(Schema):
    items: list[AnswerOut]
    next: str | None


class ScoresOut(Schema):
    """A union and all below it, by service, by month, and the unions right below."""

    union: UnionNamed
    item_key: str | None
    whole: PublishedOut
    items: list[ItemScoreOut]
    months: list[MonthScoreOut]
    below: list[UnionScoreOut]


class OrderStepOut(Schema):
    kind: str
    at: dt.datetime
    union: UnionNamed
    words: str | None


class OrderOut(Schema):
    """A rectification order. `name` is that of the person if they agreed to be named."""

    number: str
    item: Names
    level: Level
    stage: Stage
    finding: Finding | None
    union: UnionNamed
    handled_by: UnionNamed
    opened_at: dt.datetime
    due_at: dt.datetime
    is_late: bool
    reopenings: int


class OrderSubject(Schema):
    """What was rated: `kind` is case or work-order."""

    kind: str
    number: str


class OrderDetail(OrderOut):
    """`subject` is null for whoever may not open it, and where the item's name says it all."""

    subject: OrderSubject | None
    words: str | None
    name: str | None
    next_steps: list[str] = Field(description="the steps this token's owner may take now")
    steps: list[OrderStepOut]


class OrderList(Schema):
    items: list[OrderOut]
    next: str | None


class StepIn(Schema):
    """`finding` goes with "verification", `public_answer` with "approval"."""

    step: Literal["verification", "rectification", "answer", "approval", "return"]
    words: Words
    finding: Finding | None = None
    public_answer: Line = ""


class CallBackOut(Schema):
    id: uuid.UUID
    item: Names
    level: Level
    union: UnionNamed
    due_at: dt.datetime
    tries: int
    result: CallResult | None


class CallBackList(Schema):
    items: list[CallBackOut]
    next: str | None


class ContactOut(Schema):
    """`way` is what somebody unknown left."""

    name: str
    phone: str
    way: str


class CallIn(Schema):
    result: CallResult
    words: Words = ""


class CodeOut(Schema):
    """What to draw as a code: whoever scans it rates, once. `counts_as_entered`: it is about one's
    own work, and what is rated by it counts among what officers entered."""

    address: str
    counts_as_entered: bool


class TermOut(Schema):
    """How many working days a rectification order may take."""

    working_days: int


class SignalOut(Schema):
    id: uuid.UUID
    union: UnionNamed
    kind: SignalKind
    day: dt.date
    facts: dict[str, float]
    judged_at: dt.datetime | None
    verdict: str
    judgement: str


class SignalList(Schema):
    items: list[SignalOut]
    next: str | None


class JudgementIn(Schema):
    verdict: Verdict
    judgement: Annotated[str, StringConstraints(max_length=300)]


class SpokenIn(RatingIn):
    """What was said on the phone; `indicators` are those of however the service was done."""
