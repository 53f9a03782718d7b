"""What the desk's operations on memberships take and give."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.members.models import Education, SkillLevel, Workplace
from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose
from niangjia.members.schemas.desk import Line, Number, Reason
from niangjia.members.schemas.joining import DifferenceOut


class ChangeIn(Schema):
    """What the change is for; the member can read it."""

    purpose: LookUpPurpose
    words: Annotated[str, StringConstraints(min_length=4, max_length=purposes.WORDS_MAX_LENGTH)]


class ReasonedChangeIn(ChangeIn):
    """Why, in ten characters or more; the member reads it."""

    reason: Reason


class ParticularsIn(Schema):
    """What the register should say; null: as it is. A name that the real-name check has confirmed
    is the member's own to change."""

    name: Annotated[str, StringConstraints(max_length=100)] | None = None
    employer_name: Line | None = None
    job: Annotated[str, StringConstraints(max_length=60)] | None = None
    workplace: Workplace | None = None
    admitted_date: dt.date | None = None
    education: Education | None = None
    skill_level: SkillLevel | None = None


class CorrectionIn(ReasonedChangeIn):
    particulars: ParticularsIn


class WorkplacesIn(Schema):
    """Where members work, by their numbers, and why it is said; they read it."""

    numbers: Annotated[list[Number], Field(min_length=1, max_length=200)]
    workplace: Workplace
    reason: Reason


class WorkplacesOut(Schema):
    """For how many that was new, and how many of the union's own now work outdoors."""

    changed: int
    outdoors: int


class CorrectionOut(Schema):
    """What changed, by field."""

    number: str
    particulars: dict[str, DifferenceOut]
