"""What the operations on shifts take and answer."""

import datetime as dt
import uuid

from ninja import Field, Schema


class HotlineShiftOut(Schema):
    """A turn of duty; `name` is whose."""

    id: uuid.UUID
    name: str
    began_at: dt.datetime
    ended_at: dt.datetime | None
    acknowledged_at: dt.datetime | None


class HotlineHandOverIn(Schema):
    """What the next shift should know: in general, and of each call."""

    note: str = Field("", max_length=2000)
    calls: dict[uuid.UUID, str] = Field(default_factory=dict)


class HotlineLeftOut(Schema):
    """A call that was left over: `kind` is open or call_back."""

    call: uuid.UUID
    kind: str
    words: str


class HotlineHandedOut(HotlineShiftOut):
    note: str
    calls: list[HotlineLeftOut]


class HotlineShifts(Schema):
    """Who answers now, and what waits to be taken over."""

    on_duty: list[HotlineShiftOut]
    handed: list[HotlineHandedOut]
