"""What locks take and give."""

import datetime as dt
import uuid

from ninja import Schema
from pydantic import AwareDatetime

from niangjia.places.models import DoorSaid


class LockPairingIn(Schema):
    """The code that the desk showed, typed at the door."""

    code: str


class LockPairingOut(Schema):
    """The token goes into the header X-Lock-Token of every later request. It is given once."""

    lock: uuid.UUID
    token: str


class LockDayKey(Schema):
    """The lock's key of a day in China: 32 bytes, base64."""

    date: dt.date
    key: str


class LockOpen(Schema):
    """A stretch of time in which the door may open."""

    begins_at: dt.datetime
    ends_at: dt.datetime


class LockPackOut(Schema):
    """What a lock needs without a network until `valid_until`. Nothing of anybody is in it."""

    lock: uuid.UUID
    now: dt.datetime
    keys: list[LockDayKey]
    open: list[LockOpen]
    valid_until: dt.datetime


class DoorEventIn(Schema):
    """What the lock noted, by its own clock and under its own id. `pass_id` with "opened" alone."""

    id: uuid.UUID
    said: DoorSaid
    at: AwareDatetime
    pass_id: uuid.UUID | None = None


class DoorEventsIn(Schema):
    """`now` is the lock's clock at this moment."""

    now: AwareDatetime
    events: list[DoorEventIn]


class DoorEventsOut(Schema):
    """The ids that need not be sent again."""

    taken: list[uuid.UUID]


class LockOut(Schema):
    """A lock, as the desk sees it."""

    id: uuid.UUID
    name: str
    made_at: dt.datetime
    paired_at: dt.datetime | None
    seen_at: dt.datetime | None
    revoked_at: dt.datetime | None


class LockList(Schema):
    items: list[LockOut]
    next: str | None


class NewLockIn(Schema):
    """Which door it is."""

    name: str


class NewLockOut(Schema):
    """The pairing code: shown once, good for half an hour."""

    pairing_code: str


class DoorCodeOut(Schema):
    """The code of this half minute, to be held to the lock as a QR code."""

    text: str
    seconds_left: int
