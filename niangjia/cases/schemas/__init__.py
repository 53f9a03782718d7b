"""What this room's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas.base import (
    Answers,
    CaseText,
    CaseUnionOut,
    Key,
    Number,
    PhoneText,
    Reason,
    Words,
)
from niangjia.cases.schemas.files import CaseFileOut, Files
from niangjia.cases.selectors.rectification import Said
from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose


class ServiceOut(Schema):
    """A service as it holds at one union. `unit` of the term is working or calendar days."""

    key: str
    name: CaseText
    summary: CaseText
    kind: str
    anonymous: bool
    days: int
    unit: str


class ServiceDetail(ServiceOut):
    """`document` is all that is said of it: questions (a JSON Schema), conditions, steps, terms."""

    document: dict[str, Any]


class ServiceList(Schema):
    items: list[ServiceOut]
    next: str | None


class EligibilityIn(Schema):
    """Answers to the questions that the conditions depend on, as far as they are known."""

    union: Number
    answers: Answers = Field(default_factory=dict)


class VerdictOut(Schema):
    """What comes of one condition: `answer` is holds, fails or open, `basis` the article it rests
    on, `unset` the numbers that nobody has set at this union yet."""

    key: str
    text: CaseText
    basis: CaseText
    answer: str
    unset: list[str]


class EligibilityOut(Schema):
    """`answer` of all of them; `questions` is a JSON Schema of what they depend on. An officer
    decides: what fails here may be asked for all the same."""

    answer: str
    verdicts: list[VerdictOut]
    questions: dict[str, Any]


class CaseIn(Schema):
    """`answers` by the names of the service's questions; `employer` for a complaint: whom it is
    about, whose people never see it. Where the service's document says `about_officers`:
    `officer` is who works at `officer_union` (a number) and is complained about, who never sees
    it. `files` are those that were sent before and answer no question of the form. `keep`, for
    somebody unknown alone, finds their files and becomes the receipt."""

    union: Number
    answers: Answers
    files: Files = Field(default_factory=list)
    keep: Annotated[str, StringConstraints(max_length=80)] = ""
    employer: Annotated[str, StringConstraints(max_length=120)] = ""
    uscc: Annotated[str, StringConstraints(max_length=18)] = ""
    officer_union: Annotated[str, StringConstraints(max_length=20)] = ""
    officer: Annotated[str, StringConstraints(max_length=120)] = ""
    people_count: int = Field(default=1, ge=1, le=100_000)


class CaseUnknownIn(CaseIn):
    """`phone` is for questions; with `may_text` messages go there that there is news."""

    phone: PhoneText = ""
    may_text: bool = False


class CaseStepRef(Schema):
    """The step a case is at: its key, what it is called, what goes on while it lasts. One that
    `is_anothers` is taken by nobody who took an earlier one, where there is somebody else."""

    key: str
    name: CaseText
    note: CaseText
    is_applicants: bool
    is_anothers: bool


class CaseOut(Schema):
    """A case. Dates are null once it has ended; `next_due_at` while it is paused as well."""

    number: str
    service: CaseText
    service_key: str
    state: str
    result: str | None
    step: CaseStepRef | None
    union: CaseUnionOut
    opened_at: dt.datetime
    next_due_at: dt.datetime | None
    due_at: dt.datetime | None
    is_late: bool
    is_complaint: bool
    is_urgent: bool


class CaseList(Schema):
    items: list[CaseOut]
    next: str | None


class AnsweredCell(Schema):
    label: str
    words: str


class AnsweredOut(AnsweredCell):
    """What was answered, in words; of a group row by row as well, of files with the files."""

    rows: list[list[AnsweredCell]]
    files: list[CaseFileOut]


class HappeningOut(Schema):
    """One thing on the timeline, in words. `number` counts what is shown to whoever reads."""

    number: int
    title: str
    at: dt.datetime
    union: str
    detail: str
    words: str
    answers: list[AnsweredOut]
    files: list[CaseFileOut]


class CaseOutcomeOut(Schema):
    key: str
    name: CaseText
    needs_reason: bool


class CaseAboutOut(Schema):
    """Somebody at a union whom it is about, as the applicant calls them, and the unions. Empty for
    other cases."""

    who: str
    unions: list[CaseUnionOut]


class CaseDetail(CaseOut):
    """With what was written and all that happened, the latest first. `outcomes` and `questions`
    (a JSON Schema) are those of the present step; `lacking` are the keys of materials that are
    still to be handed in; `legal_due_at` is by when the law wants it finished, where one says."""

    answers: list[AnsweredOut]
    about: CaseAboutOut
    timeline: list[HappeningOut]
    outcomes: list[CaseOutcomeOut]
    questions: dict[str, Any] | None
    legal_due_at: dt.datetime | None
    files: list[CaseFileOut]
    lacking: list[str]


class OpeningOut(Schema):
    day: dt.date
    union: str
    purpose: str
    times: int


class OwnRatingOut(Schema):
    """How far the rating of a finished case is. `asked` and `asked_again` (it was rated badly, and
    is said to be put right) wait for it until `until`; it is given at `/ratings/{id}/rating` by the
    account that was asked, else, of a complaint always, at `/ratings/links/{token}`;
    that is empty where a counter has made a newer link."""

    state: Said
    until: dt.datetime | None
    id: uuid.UUID | None
    token: str


class ReceiptCaseDetail(CaseDetail):
    """As whoever has its receipt reads it. `rating` is null until it is finished. `dates_may_move`:
    the holidays of a year they run across are not announced yet."""

    dates_may_move: bool
    rating: OwnRatingOut | None


class OwnCaseDetail(ReceiptCaseDetail):
    """`openings`: who opened it, and why; the latest 200."""

    openings: list[OpeningOut]


class DeskCaseDetail(CaseDetail):
    """As officers read it: who asked, whom it accuses, who works on it."""

    name: str
    phone: str
    accused: list[str]
    assigned_to: uuid.UUID | None
    joint: list[CaseUnionOut]
    raised_to: CaseUnionOut | None


class CaseReceiptOut(Schema):
    """The receipt is shown this once and stored nowhere."""

    receipt: str
    union: CaseUnionOut
    due_at: dt.datetime


class CaseReceiptIn(Schema):
    receipt: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ReceiptTextsIn(CaseReceiptIn):
    """Where text messages go that there is news; empty: nowhere."""

    phone: PhoneText = ""


class ReceiptMessageIn(CaseReceiptIn):
    """`seen`: the number of the last entry that was shown before the words were written."""

    words: Words = ""
    seen: Annotated[int, Field(ge=0, le=2_147_483_647)] | None = None
    files: Files = Field(default_factory=list)


class CaseMessageIn(Schema):
    """Words, files, or both."""

    words: Words = ""
    files: Files = Field(default_factory=list)


class CaseNoteIn(CaseMessageIn):
    to_applicant: bool = False


class CaseStepIn(Schema):
    """`step` is the one that was seen; `answers` those to its own questions."""

    step: Key
    outcome: Key
    words: Words = ""
    answers: Answers = Field(default_factory=dict)
    files: Files = Field(default_factory=list)


class ReceiptStepIn(CaseReceiptIn, CaseStepIn):
    """The step of somebody who has but a receipt."""


class CaseReadingIn(Schema):
    """Why it is opened; needed by whoever's union does not handle it."""

    purpose: LookUpPurpose | None = None
    words: Annotated[str, StringConstraints(max_length=160)] = ""

    def stated(self) -> str:
        """The purpose with its words, as it is recorded; "" where none was given."""
        return purposes.stated(self.purpose, self.words) if self.purpose else ""


class CasePauseIn(Schema):
    until: dt.date
    reason: Reason


class CaseReasonIn(Schema):
    reason: Reason


class CaseDismissalIn(CaseReasonIn):
    """`seen`: the number of the last objection that was read."""

    seen: Annotated[int, Field(ge=0, le=2_147_483_647)]


class CaseAssignmentIn(Schema):
    """The account of a colleague; null for oneself."""

    to: uuid.UUID | None = None


class CaseTransferIn(Schema):
    """The number of a union below, above or beside the one that has it."""

    to: Number
    reason: Reason


class CaseUnitIn(Schema):
    """The number of a union of the province, and what it is asked to do."""

    union: Number
    task: Reason = ""


class CaseEmployerIn(Schema):
    """An employer by its full name, and its unified social credit code where that is known."""

    employer: Annotated[str, StringConstraints(max_length=120)]
    uscc: Annotated[str, StringConstraints(max_length=18)] = ""


class CaseOfficerIn(Schema):
    """Somebody who works at the union of this number, by name."""

    officer_union: Annotated[str, StringConstraints(max_length=20)]
    officer: Annotated[str, StringConstraints(max_length=120)]


class CaseQueueIn(Schema):
    """What narrows the queue."""

    mine: bool = False
    unassigned: bool = False
    late: bool = False
    raised: bool = False
    urgent: bool = False
    item: Key = ""


class EmergencyIn(Schema):
    number: Number
    reason: Reason


class EmergencyAnswerIn(Schema):
    granted: bool
    hours: Annotated[int, Field(ge=1, le=4)] = 1


class EmergencyOut(Schema):
    """`state` is asked, granted, refused or revoked; `is_live` says whether it opens the case."""

    id: uuid.UUID
    number: str
    state: str
    asked_at: dt.datetime
    expires_at: dt.datetime | None
    is_live: bool


class EmergencyList(Schema):
    items: list[EmergencyOut]
    next: str | None


class EmergencyRequest(EmergencyOut):
    """A request with its reason, for whoever may decide it."""

    reason: str
    name: str
    union: CaseUnionOut


class EmergencyRequestList(Schema):
    items: list[EmergencyRequest]
    next: str | None


class DecoyIn(Schema):
    """What a made-up case says. The name is of nobody there is."""

    union: Number
    service: Key
    answers: Answers
    name: Key = ""
