"""The catalogue as it is written, and who could be helped by it."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas.base import Answers, CaseText, CaseUnionOut, Key, Number, Words
from niangjia.members.rules.purposes import LookUpPurpose

Document = Annotated[dict[str, Any], Field(max_length=60)]
Seen = Annotated[str, StringConstraints(max_length=16)]


class CatalogueItemOut(Schema):
    """An item as it stands at one union. `version` is what that union itself has published, `draft`
    and `scheduled` what it is writing; `unset` the numbers that the place has still to set."""

    key: str
    name: str
    group: str
    version: uuid.UUID | None
    draft: uuid.UUID | None
    scheduled: uuid.UUID | None
    unset: list[str]
    open_cases: int


class CatalogueList(Schema):
    items: list[CatalogueItemOut]
    next: str | None


class CatalogueVersionOut(Schema):
    """A version of an item at one union. `seen` goes back with whatever is written next."""

    id: uuid.UUID
    item: str
    union: CaseUnionOut
    number: int
    state: str
    drafted_at: dt.datetime
    published_at: dt.datetime | None
    effective_date: dt.date | None
    retired_at: dt.datetime | None
    retired_reason: str
    seen: str


class CatalogueProblemOut(Schema):
    part: str
    text: str


class CatalogueChangeOut(Schema):
    """A value that is not the same as today; empty before for what is new."""

    part: str
    where: str
    before: str
    after: str


class CatalogueVersionDetail(CatalogueVersionOut):
    """`document` is what this version says, `whole` what holds with it, `problems` what is still to
    be mended, `changes` what it changes; `parts` has the `seen` of each part."""

    document: dict[str, Any]
    whole: dict[str, Any]
    parts: dict[str, str]
    problems: list[CatalogueProblemOut]
    changes: list[CatalogueChangeOut]
    unions: int
    cases: int


class CatalogueVersionList(Schema):
    items: list[CatalogueVersionOut]
    next: str | None


class CatalogueDraftIn(Schema):
    """Of which item, at the union of this number."""

    item: Key
    union: Number


class CatalogueNewIn(Schema):
    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    name: CaseText
    union: Annotated[str, StringConstraints(max_length=20)] = ""


class CatalogueDocumentIn(Schema):
    document: Document
    seen: Seen


class CataloguePartIn(Schema):
    """`value` as it stands in the document: an object of fields, or, of a step's `outcomes`, the
    list of them."""

    part: Annotated[str, StringConstraints(max_length=100)]
    value: Any
    seen: Seen


class CataloguePublicationIn(Schema):
    """From which day; none for now."""

    from_date: dt.date | None = None


class CatalogueRetirementIn(Schema):
    reason: Annotated[str, StringConstraints(max_length=500)]


class CatalogueMoveIn(Schema):
    """What happens next in a trial; without an outcome the clock runs to the term's end."""

    outcome: Key = ""
    words: Words = ""
    answers: Answers = {}
    on: dt.date | None = None


class CatalogueTrialIn(Schema):
    union: Number
    answers: Answers
    moves: list[CatalogueMoveIn] = Field(default_factory=list, max_length=60)


class CatalogueTrialEntry(Schema):
    title: str
    at: dt.datetime
    union: str
    words: str


class CatalogueTrialOut(Schema):
    """How far a made-up case came; nothing of it is kept. `refused` is why the last move was not
    taken; `notices` what officers would have been told, by kind."""

    state: str
    result: str
    step: str | None
    union: CaseUnionOut
    at: dt.datetime
    next_due_at: dt.datetime
    due_at: dt.datetime
    breaches: int
    is_announced: bool
    notices: dict[str, int]
    timeline: list[CatalogueTrialEntry]
    refused: str


class UnaskedShare(Schema):
    """`count` is null where it is too small to be shown."""

    union: CaseUnionOut
    count: int | None


class UnaskedOut(Schema):
    total: int | None
    items: list[UnaskedShare]
    next: str | None


class UnaskedIn(Schema):
    union: Number
    item: Key


class UnaskedPeopleIn(UnaskedIn):
    purpose: LookUpPurpose
    words: Annotated[str, StringConstraints(min_length=4, max_length=160)]
    after: Number = ""


class UnaskedPerson(Schema):
    number: str
    name: str
    union: CaseUnionOut


class UnaskedPeople(Schema):
    items: list[UnaskedPerson]
    next: str | None


class UnaskedMessageIn(UnaskedIn):
    words: Annotated[str, StringConstraints(max_length=200)]


class UnaskedMessageOut(Schema):
    told: int


class PublicNoticeOut(Schema):
    """Who, with the name masked, is about to be helped with what, and until when one may object."""

    id: uuid.UUID
    name: str
    service: CaseText
    union: CaseUnionOut
    published_at: dt.datetime
    until_at: dt.datetime


class PublicNoticeList(Schema):
    items: list[PublicNoticeOut]
    next: str | None


class ObjectionIn(Schema):
    words: Annotated[str, StringConstraints(max_length=2000)]


class AlarmOut(Schema):
    """A decoy that was opened (`number` is of its case) or planted (then nobody is told which)."""

    at: dt.datetime
    union: str
    officer: str
    number: str


class AlarmList(Schema):
    items: list[AlarmOut]
    planted: list[AlarmOut]
    next: str | None
