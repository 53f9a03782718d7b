"""What the desk's operations on unions take and give."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import StringConstraints

from niangjia.members.schemas.desk import Line, Number
from niangjia.organisations.models import Kind, WorkerKind

Introduction = Annotated[str, StringConstraints(max_length=2000)]
Address = Annotated[str, StringConstraints(max_length=200)]
Email = Annotated[str, StringConstraints(max_length=254)]
Phone = Annotated[str, StringConstraints(max_length=30)]
Trade = Annotated[str, StringConstraints(max_length=60)]
Code = Annotated[str, StringConstraints(max_length=30)]


class UnionPatch(Schema):
    """What is given is changed; the rest stays. The point is in degrees, WGS-84; null for both
    takes the union off the map."""

    introduction: Introduction | None = None
    address: Address | None = None
    phone: Phone | None = None
    email: Email | None = None
    opening_hours: Address | None = None
    trade: Trade | None = None
    admits_directly: list[WorkerKind] | None = None
    answer_working_days: int | None = None
    longitude: float | None = None
    latitude: float | None = None
    point_from_address: bool = False

    def changes(self) -> dict[str, Any]:
        """The fields that were given. Null means "as it is", except for the point."""
        point = self.dict(include={"longitude", "latitude"}, exclude_unset=True)
        return self.dict(exclude_none=True, exclude={"point_from_address"}) | point


class FoundingIn(Schema):
    name: Line
    kind: Kind = Kind.GRASSROOTS
    place: Line = ""


class ConfirmationIn(Schema):
    """The day the members' meeting elected the committee."""

    committee_elected_date: dt.date


class EmployerIn(Schema):
    """`uscc`: the unified social credit code, if known. `place` is where it is registered, as in
    浙江省金华市义乌市; without it, the place of the union."""

    name: Line
    uscc: Code | None = None
    trade: Trade = ""
    address: Address = ""
    place: Line = ""


class EmployerOut(Schema):
    """`place`: the division it stands in the register with, and those above."""

    id: uuid.UUID
    name: str
    uscc: str | None
    trade: str
    address: str
    place: str


class EmployerList(Schema):
    items: list[EmployerOut]
    next: str | None


class EmployerRemovalIn(Schema):
    employer: uuid.UUID


class MoveIn(Schema):
    parent: Number
