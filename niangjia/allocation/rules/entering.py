"""Whether somebody comes in: pure, for what one device or many have noted."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.allocation.models.gates import EntryWay, Problem
from niangjia.allocation.rules import codes

#: A gate's list is there so long before it begins; its doors are open so long before and after.
LIST_BEFORE, OPEN_BEFORE = dt.timedelta(hours=24), dt.timedelta(hours=3)
OPEN_AFTER = dt.timedelta(hours=2)
#: What was noted without a network is taken in for so long after that.
SENT_UNTIL = dt.timedelta(days=7)
#: A clock that is further off than this is not set right but looked at.
SKEW_MAX = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a steward's device noted. `code` is what was scanned or typed, "" for a name chosen from
    the list; `at` is in the device's time. `members` are those of the claim's party who are there
    too."""

    id: uuid.UUID
    claim_id: uuid.UUID
    code: str
    door: str
    at: dt.datetime
    members: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a gate when scans arrive: which claims, and which of their parties, have
    come in, and which step of a claim's codes has been shown."""

    admitted: set[uuid.UUID]
    followed: set[uuid.UUID]
    parties: Mapping[uuid.UUID, set[uuid.UUID]]
    shown: set[tuple[uuid.UUID, int]]
    holders: Mapping[uuid.UUID, int]
    """Claims that are somebody's now, with their places."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a scan comes to. Without a problem, they came in."""

    way: EntryWay
    step: int | None
    problem: Problem


def way_of(code: str) -> EntryWay:
    if not code:
        return EntryWay.LIST
    return EntryWay.CODE if codes.parse(code) else EntryWay.DIGITS


def step_of(scan: Scan, place: int, key: bytes, at: dt.datetime) -> int | None:
    """The half minute in which the code of a scan was shown, if it is this claim's."""
    now = codes.step_at(at)
    if shown := codes.parse(scan.code):
        if shown.claim_id != scan.claim_id:
            return None
        return codes.step_of_mac(key, shown.mac, now, codes.OFFLINE_TOLERATED_STEPS)
    typed = codes.parse_typed(scan.code)
    if typed is None or typed[0] != place:
        return None
    return codes.step_of_digits(key, typed[1], now)


def judge(
    scan: Scan,
    known: Known,
    *,
    key: bytes,
    at: dt.datetime,
    skew: dt.timedelta,
    begins_at: dt.datetime,
    ends_at: dt.datetime,
) -> Judged:
    """Whether somebody comes in. `at` is the scan's time by the server's clock. A name chosen from
    the list needs no code: the steward looked at the person."""
    way = way_of(scan.code)
    place = known.holders.get(scan.claim_id)
    step = step_of(scan, place or 0, key, at) if scan.code else None
    return Judged(way, step, problem_of(scan, known, step, place, at, skew, begins_at, ends_at))


def problem_of(
    scan: Scan,
    known: Known,
    step: int | None,
    place: int | None,
    at: dt.datetime,
    skew: dt.timedelta,
    begins_at: dt.datetime,
    ends_at: dt.datetime,
) -> Problem:
    """The first thing that stands against it, the gravest first."""
    if place is None:
        return Problem.NOT_THEIRS
    if abs(skew) > SKEW_MAX:
        return Problem.CLOCK
    if scan.code and step is None:
        return Problem.UNPROVEN
    if not begins_at - OPEN_BEFORE <= at <= ends_at + OPEN_AFTER:
        return Problem.OUT_OF_TIME
    if step is not None and (scan.claim_id, step) in known.shown:
        return Problem.REPLAYED
    if not known.parties.get(scan.claim_id, set()).issuperset(scan.members):
        return Problem.PARTED
    if scan.claim_id in known.admitted and known.followed.issuperset(scan.members):
        return Problem.AGAIN
    return Problem.NONE
