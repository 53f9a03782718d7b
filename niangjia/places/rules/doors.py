"""Opening a door by a member's code, also where the lock has no network (promise 38, ADR 96, 130).

The codes are those of `allocation.rules.codes`, shown anew each half minute. A lock cannot have a
list of all members, and must not know who they are. So each lock has a key for each day; a pass is
chance that says nothing of its holder, and its key follows from the lock's of that day. The lock
proves a code with nothing but that: a found lock opens its own door for three days, and no other.
"""

import datetime as dt
import hmac
import uuid
from dataclasses import dataclass, field

from niangjia.allocation.rules import codes
from niangjia.core import clock
from niangjia.core.crypto import digest
from niangjia.places.models import DoorSaid

#: A lock has the keys of so many days ahead, and opens without a network for as long.
DAYS_AHEAD = 3
#: What happened without a network is taken in for so long; after so long it is deleted.
SENT_UNTIL = dt.timedelta(days=7)
EVENTS_KEPT = dt.timedelta(days=30)
#: A pairing code is typed at the door by whoever mounts the lock.
PAIRING_FOR = dt.timedelta(minutes=30)
Stretch = tuple[dt.datetime, dt.datetime]


def day_key(lock_id: uuid.UUID, date: dt.date) -> bytes:
    """The key of a lock on a day: 32 bytes from which no other lock's or day's follows."""
    return codes.key_for(lock_id, f"door:{date.isoformat()}")


def pass_key(key: bytes, pass_id: uuid.UUID) -> bytes:
    """The key of one pass, under the lock's of its day: 32 bytes, HMAC-SHA-256, which every lock
    can compute."""
    return hmac.digest(key, pass_id.bytes, "sha256")


def pass_id_of(place_id: uuid.UUID, account_id: object, date: dt.date) -> uuid.UUID:
    """The pass of somebody at a place on a day: under the node's key, so that nobody else can tell
    whose it is, and nobody can lay two days or two places over one another. All doors of a place
    know the same one, so that whoever takes two of them is one visitor."""
    text = f"{place_id}:{account_id}:{date.isoformat()}"
    return uuid.UUID(bytes=digest("door-pass", text)[:16])


def mark_of(place_id: uuid.UUID, pass_id: uuid.UUID) -> bytes:
    """What a visit by this pass is known by, at this place alone."""
    return digest("place-visit", f"{place_id}:pass:{pass_id}")


@dataclass(frozen=True)
class Pack:
    """What a lock keeps: keys by day and when the door may open. Nothing of anybody."""

    lock_id: uuid.UUID
    keys: dict[dt.date, bytes]
    open: tuple[Stretch, ...]
    valid_until: dt.datetime


@dataclass
class Shown:
    """Which half minutes of a pass have opened the door: a code opens once."""

    steps: set[tuple[uuid.UUID, int]] = field(default_factory=set)


def judge(
    pack: Pack, code: str, shown: Shown, *, now: dt.datetime
) -> tuple[DoorSaid, uuid.UUID | None]:
    """What a lock does with a code that was held to it, and whose pass it was if it opened. `now`
    is the lock's clock, which may be off by a minute and a half (`OFFLINE_TOLERATED_STEPS`)."""
    read = codes.parse(code)
    key = pack.keys.get(now.astimezone(clock.CHINA).date())
    if now >= pack.valid_until or key is None:
        return DoorSaid.OUT_OF_DATE, None
    if read is None:
        return DoorSaid.NO_CODE, None
    own = pass_key(key, read.claim_id)
    step = codes.step_of_mac(own, read.mac, codes.step_at(now), codes.OFFLINE_TOLERATED_STEPS)
    if step is None:
        return DoorSaid.NOT_GOOD, None
    if (read.claim_id, step) in shown.steps:
        return DoorSaid.USED, None
    if not any(begin <= now < end for begin, end in pack.open):
        return DoorSaid.SHUT, None
    shown.steps.add((read.claim_id, step))
    return DoorSaid.OPENED, read.claim_id


@dataclass(frozen=True)
class Guest:
    """What is known of whoever asks for a pass: `kind` is the kind of worker that they said they
    were when they joined; empty for whoever came by a list and was never asked."""

    is_member: bool
    kind: str


def refusal(guest: Guest, *, welcome: list[str], is_open: bool) -> str:
    """Why somebody gets no pass: "shut", "not-a-member", "not-welcome", or "" when they do.
    Whom nobody ever asked what they work as is not refused for it."""
    if not guest.is_member:
        return "not-a-member"
    if welcome and guest.kind and guest.kind not in welcome:
        return "not-welcome"
    return "" if is_open else "shut"
