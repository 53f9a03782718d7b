"""What the desk's operations on employers take and give."""

import uuid

from ninja import Schema

from niangjia.members.schemas.desk import Line
from niangjia.members.schemas.desk_unions import EmployerOut
from niangjia.members.schemas.joining import UnionRef


class EmployerRecordList(Schema):
    items: list[EmployerOut]
    next: str | None


class EmployerRecord(EmployerOut):
    """An employer with the `former_names` it had, the latest first, and the unions that are there
    for its workers. `merged_into`: the record it has gone into. `may_be_changed`: renamed and
    merged by you, who reach all its unions."""

    former_names: list[str]
    merged_into: uuid.UUID | None
    unions: list[UnionRef]
    may_be_changed: bool


class EmployerNameIn(Schema):
    name: Line


class EmployerMergerIn(Schema):
    """`into`: the record that stays."""

    into: uuid.UUID


class EmployerMergerOut(Schema):
    """`moves`: the unions that will be there for the workers of the one it goes into."""

    merged_into: uuid.UUID | None
    moves: list[UnionRef]
    may_be_merged: bool
