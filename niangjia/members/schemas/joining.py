"""What the API says and hears about joining, membership, the card and notices."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema

from niangjia.members.models import (
    ApplicationKind,
    ApplicationStatus,
    ChangeKind,
    DocumentType,
    Education,
    EmploymentStatus,
    Gender,
    MembershipStatus,
    Purpose,
    SkillLevel,
    StepKind,
)
from niangjia.organisations.models import WorkerKind

UnionNumber = Annotated[str, Field(max_length=20, description="the union's number")]


class UnionRef(Schema):
    """A union, as far as one needs to recognise it."""

    number: str
    name: str


class DraftIn(Schema):
    """Answers as typed. Nothing is checked until they are sent."""

    union: UnionNumber
    answers: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=1000)]]
    version: int | None = Field(
        None, ge=0, description="the version this began from; null overwrites whatever is there"
    )


class DraftOut(Schema):
    """The draft, and the version that the next change must begin from."""

    union: UnionRef
    answers: dict[str, str]
    version: int


class IdentityAnswers(Schema):
    """Who one is; leave it out when the account has said so before."""

    name: Annotated[str, Field(max_length=200)]
    document_type: DocumentType = DocumentType.RESIDENT_ID
    identity_number: Annotated[str, Field(max_length=200)]
    birth_date: dt.date | None = None
    gender: Gender | None = None


class ApplicationIn(Schema):
    """One application. `consents` must hold "membership"; the others are free."""

    union: UnionNumber
    identity: IdentityAnswers | None = None
    worker_kind: WorkerKind | Literal[""] = ""
    employment_status: EmploymentStatus
    employer_name: Annotated[str, Field(max_length=120)] = ""
    job: Annotated[str, Field(min_length=1, max_length=60)]
    statement: Annotated[str, Field(max_length=1000)] = ""
    ethnicity: str | None = Field(None, pattern=r"^(0[1-9]|[1-4][0-9]|5[0-6])$")
    education: Education | None = None
    skill_level: SkillLevel | None = None
    from_elsewhere: bool | None = None
    consents: set[Purpose]
    version: int | None = Field(None, ge=0, description="the draft's, if there is one")


class StepOut(Schema):
    """One thing that happened, and until when an answer was owed from then on."""

    kind: StepKind
    at: dt.datetime
    union: UnionRef
    due_at: dt.datetime | None


class ApplicationOut(Schema):
    """An application and where it stands. `due_at` is the promise of `handled_by`."""

    number: str
    kind: ApplicationKind
    status: ApplicationStatus
    union: UnionRef
    handled_by: UnionRef
    submitted_at: dt.datetime
    due_at: dt.datetime
    is_late: bool
    decided_at: dt.datetime | None
    reason: str


class ApplicationDetail(ApplicationOut):
    steps: list[StepOut]


class ApplicationList(Schema):
    items: list[ApplicationOut]
    next: str | None


class ReviewIn(Schema):
    statement: Annotated[str, Field(min_length=1, max_length=1000)]


class ResignationIn(Schema):
    """Leaving: `confirms` must be true."""

    confirms: Literal[True]
    reason: Annotated[str, Field(max_length=500)] = ""


class DifferenceOut(Schema):
    """What stood in the register before and after: dates in ISO 8601, choices by their code."""

    before: str
    after: str


class ChangeOut(Schema):
    """A step in a membership's history. `particulars`: what a correction changed, by field."""

    kind: ChangeKind
    at: dt.datetime
    union: UnionRef
    from_union: UnionRef | None
    reason: str
    particulars: dict[str, DifferenceOut]


class MembershipOut(Schema):
    """A membership. The number stays through every transfer."""

    number: str
    status: MembershipStatus
    union: UnionRef
    employer_name: str
    job: str
    admitted_date: dt.date
    ended_date: dt.date | None


class MembershipDetail(Schema):
    """What one is a member of now (null: nothing), and everything that happened before."""

    membership: MembershipOut | None
    changes: list[ChangeOut]


class CardOut(Schema):
    """The card. `code` is what the QR says, `digits` what is typed; both until `valid_until`."""

    name: str
    number: str
    union: UnionRef
    status: MembershipStatus
    admitted_date: dt.date
    code: str
    address: str
    digits: str
    valid_until: dt.datetime


class CardCheckIn(Schema):
    """A scanned code, or the number with the eight digits."""

    code: Annotated[str, Field(max_length=64)] = ""
    number: Annotated[str, Field(max_length=24)] = ""
    digits: Annotated[str, Field(max_length=12)] = ""


class CardCheckOut(Schema):
    """What the code turned out to be: nothing of its holder."""

    reading: Literal["valid", "expired", "wrong"]


class NoticeOut(Schema):
    """A notice in the language of the request."""

    id: uuid.UUID
    kind: str
    title: str
    text: str
    url: str
    created_at: dt.datetime
    read_at: dt.datetime | None


class NoticeList(Schema):
    items: list[NoticeOut]
    next: str | None
    unread: int = Field(description="up to 99")
