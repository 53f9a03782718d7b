"""What the desk's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.members.models import (
    ApplicationKind,
    DocumentType,
    Gender,
    MembershipStatus,
    Reach,
    Role,
)
from niangjia.members.rules import purposes
from niangjia.members.rules.applications import BULK_LIMIT
from niangjia.members.rules.purposes import LookUpPurpose
from niangjia.members.schemas.joining import UnionRef

Number = Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9 -]*$")]
Line = Annotated[str, StringConstraints(max_length=120)]
Reason = Annotated[str, StringConstraints(max_length=500)]
Verdict = Literal["admitted", "refused"]


class WaitingOut(Schema):
    """An application that waits. `working_days` are left, or past when `urgency` is "late"."""

    number: str
    kind: ApplicationKind
    applicant: str
    union: UnionRef
    handled_by: UnionRef
    employer_name: str
    job: str
    submitted_at: dt.datetime
    due_at: dt.datetime
    escalated_at: dt.datetime | None
    urgency: Literal["late", "today", "soon", "calm"]
    working_days: int


class WaitingList(Schema):
    items: list[WaitingOut]
    next: str | None


class DecisionIn(Schema):
    verdict: Verdict
    reason: Reason = ""


class DecisionsIn(DecisionIn):
    numbers: Annotated[list[Number], Field(min_length=1, max_length=BULK_LIMIT)]


class OutcomeOut(Schema):
    """`problem` says why one of many was not answered; null when it was."""

    number: str
    problem: str | None


class OutcomeList(Schema):
    items: list[OutcomeOut]


class LookUpIn(Schema):
    """Whom, and what for; the person sees both."""

    by: Literal["name", "identity_number", "phone", "number"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    purpose: LookUpPurpose
    words: Annotated[str, StringConstraints(min_length=4, max_length=purposes.WORDS_MAX_LENGTH)]


class MemberOut(Schema):
    number: str
    name: str
    union: UnionRef
    status: MembershipStatus
    admitted_date: dt.date


class MemberList(Schema):
    items: list[MemberOut]


class PostOut(Schema):
    id: uuid.UUID
    name: str | None
    role: Role
    reach: Reach
    appointed_at: dt.datetime
    ended_at: dt.datetime | None


class PostList(Schema):
    items: list[PostOut]


class AppointmentIn(Schema):
    phone: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    role: Role
    reach: Reach = Reach.SUBTREE


class PaperMemberIn(Schema):
    """Who stands in the paper register, and since when. `birth_date` and `gender` are for documents
    whose number does not say them."""

    union: Number
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    document_type: DocumentType = DocumentType.RESIDENT_ID
    identity_number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    birth_date: dt.date | None = None
    gender: Gender | None = None
    admitted_date: dt.date
    phone: Annotated[str, StringConstraints(max_length=40)] = ""
    employer_name: Line = ""
    job: Annotated[str, StringConstraints(max_length=60)] = ""
