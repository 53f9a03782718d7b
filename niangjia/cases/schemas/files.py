"""What operations on files and drafts take and give."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas.base import Answers, CaseText, CaseUnionOut, Number

#: Files that are kept already, by the ids that sending them answered.
Files = Annotated[list[uuid.UUID], Field(max_length=100)]


class CaseFileOut(Schema):
    """A file: the question or material it answers (`slot`), `size` in bytes, its true `kind`."""

    id: uuid.UUID
    slot: str
    name: str
    size: int
    kind: str


class CaseDraftIn(Schema):
    """Answers as far as they go, unchecked; `version` is the one they began from, null to overwrite
    whatever is there."""

    union: Number
    answers: Answers
    employer: Annotated[str, StringConstraints(max_length=120)] = ""
    uscc: Annotated[str, StringConstraints(max_length=18)] = ""
    officer_union: Annotated[str, StringConstraints(max_length=120)] = ""
    officer: Annotated[str, StringConstraints(max_length=120)] = ""
    version: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = 0


class CaseDraftRef(Schema):
    """A form that is begun and not sent."""

    service_key: str
    service: CaseText
    version: int
    saved_at: dt.datetime
    expires_at: dt.datetime | None


class CaseDraftList(Schema):
    items: list[CaseDraftRef]
    next: str | None


class CaseDraftOut(CaseDraftRef):
    """With what was typed, and the files that were sent."""

    answers: Answers
    employer: str
    uscc: str
    officer_union: str
    officer: str
    files: list[CaseFileOut]


class KeptUnknownOut(CaseFileOut):
    """A file of somebody unknown: with `keep`, what they complain finds it; tomorrow it is gone."""

    keep: str


class RatingLinkOut(Schema):
    """A link to rate is `/ratings/links/{token}`."""

    token: str


class ServiceStandingOut(Schema):
    """Whether I may ask for a service now; if not, why (`code`, `message`), the number of the case
    that is meant, and the day from which I may. `union` is where I would ask: my own, the one of
    the place for what begins there, or the one I speak for; null while my place is not known."""

    may_ask: bool
    union: CaseUnionOut | None = None
    code: str | None = None
    message: str | None = None
    number: str | None = None
    from_date: dt.date | None = None


class DeathIn(Schema):
    """`words`: who of the family told, and how to reach them."""

    goes_on: bool
    words: Annotated[str, StringConstraints(max_length=500)]


class DeathOut(Schema):
    """The family's receipt, shown this once; null where the case ends. `others`: the numbers of
    open cases of the dead that the asker may settle as well."""

    receipt: str | None
    others: list[str]


class CaseFileReceiptIn(Schema):
    receipt: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    file: uuid.UUID


__all__ = [
    "CaseDraftIn",
    "CaseDraftList",
    "CaseDraftOut",
    "CaseDraftRef",
    "CaseFileOut",
    "CaseFileReceiptIn",
    "DeathIn",
    "DeathOut",
    "Files",
    "KeptUnknownOut",
    "ServiceStandingOut",
]
