"""What operations on letters take and give."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas.base import Answers, CaseText, CaseUnionOut, Key, Reason, Words

Value = Annotated[str, StringConstraints(max_length=6000)]
Values = Annotated[dict[Key, Value], Field(max_length=40)]


class LetterFieldOut(Schema):
    key: str
    label: CaseText
    required: bool
    most: int


class LetterTemplateOut(Schema):
    """A letter that may be written. `decides`: by whoever may decide cases."""

    key: str
    name: CaseText
    kind: str
    to: str
    decides: bool
    fields: list[LetterFieldOut]


class LetterOut(Schema):
    """A letter as it was sent, without what it says. `sha256` is of the PDF."""

    id: uuid.UUID
    number: str
    kind: str
    to: str
    template: str
    union_name: str
    issued_at: dt.datetime
    served_on: dt.date | None
    answered_on: dt.date | None
    withdrawn_on: dt.date | None
    is_demonstration: bool
    sha256: str


class LetterList(Schema):
    items: list[LetterOut]
    next: str | None


class CaseLettersOut(LetterList):
    """The letters of a case, the newest first; those that are owed, by template; those that may be
    written; the items that may be begun from here."""

    owed: list[str]
    templates: list[LetterTemplateOut]
    follow_ups: list[str]


class LetterDraftIn(Schema):
    """`values` by the keys of the template's fields; null for what it begins with. `employer`: the
    one of several accused it goes to; null for all of them."""

    template: Key
    values: Values | None = None
    employer: uuid.UUID | None = None


class LetterDraftOut(Schema):
    """How it would read. Send `seen` along with the letter: where a colleague was faster, it is
    refused."""

    title: str
    addressee: str
    text: str
    values: dict[str, str]
    union: CaseUnionOut
    seen: int


class LetterIn(Schema):
    template: Key
    values: Values
    seen: Annotated[int, Field(ge=0)]
    employer: uuid.UUID | None = None


class LetterServiceIn(Schema):
    """`way`: hand, post, online, left."""

    way: Annotated[str, StringConstraints(max_length=6)]
    on_date: dt.date
    words: Words = ""


class LetterAnswerIn(Schema):
    """`mended`: yes, partly, no."""

    mended: Annotated[str, StringConstraints(max_length=6)]
    on_date: dt.date
    words: Words = ""


class LetterWithdrawalIn(Schema):
    reason: Reason


class FollowUpIn(Schema):
    item: Key
    answers: Answers


class NamingIn(Schema):
    """Whether letters to others may name me."""

    agreed: bool


class NamingNoteIn(NamingIn):
    """What an applicant said aloud; `words` say when and how."""

    words: Reason


class ReceiptLetterIn(Schema):
    receipt: Annotated[str, StringConstraints(max_length=80)]
    letter: uuid.UUID


class VerifiedOut(Schema):
    """All that a code tells. `sha256` is of the PDF as it was sent: compare it with that of yours.
    `withdrawn_date`: since when it holds no longer."""

    union: str
    number: str
    kind: str
    issued_date: dt.date
    withdrawn_date: dt.date | None
    is_demonstration: bool
    sha256: str


class ComparedOut(Schema):
    """Whether the file that was sent is, byte for byte, the letter."""

    is_same: bool
