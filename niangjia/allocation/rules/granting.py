"""Who gets a part of a pool: pure, for one claim and for a whole batch of them."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a claim is answered. The values are codes of the API."""

    GRANTED = "granted"
    HAS_SHARE = "has-share"
    SOLD_OUT = "sold-out"
    NOT_OPEN = "not-open"
    CLOSED = "closed"
    NOT_A_MEMBER = "not-a-member"
    OUT_OF_REACH = "out-of-reach"
    NOT_VERIFIED = "not-verified"
    TOO_NEW = "too-new"
    NO_SUCH_POOL = "not-found"
    KEY_USED = "idempotency-key-reused"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pool asks of whoever claims. `reach` is the path of a union, "" for everybody."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    per_person: int
    reach: str
    needs_real_name: bool
    member_days: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """What is known of whoever claims. `path` and `since` are those of their membership."""

    account_id: uuid.UUID
    holder_id: uuid.UUID
    is_verified: bool
    path: str | None
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Grant:
    """One part: which one of the holder's, and which one of the pool's."""

    slot: int
    place: int


def standing(terms: Terms, claimant: Claimant, *, now: dt.datetime, today: dt.date) -> Verdict:
    """Whether the pool is open to `claimant`: `GRANTED`, or what stands against it."""
    if now < terms.opens_at:
        return Verdict.NOT_OPEN
    if now >= terms.closes_at:
        return Verdict.CLOSED
    if terms.needs_real_name and not claimant.is_verified:
        return Verdict.NOT_VERIFIED
    if not (terms.reach or terms.member_days):
        return Verdict.GRANTED
    if claimant.path is None or claimant.since is None:
        return Verdict.NOT_A_MEMBER
    if not claimant.path.startswith(terms.reach):
        return Verdict.OUT_OF_REACH
    if (today - claimant.since).days < terms.member_days:
        return Verdict.TOO_NEW
    return Verdict.GRANTED


class Sharing:
    """A pool under its lock: gives parts in the order in which it is asked."""

    def __init__(
        self, terms: Terms, *, left: int, last_place: int, held: Mapping[uuid.UUID, Collection[int]]
    ) -> None:
        self.terms = terms
        self.left = left
        self.last_place = last_place
        self.held = {holder: set(slots) for holder, slots in held.items()}

    def ask(
        self, claimant: Claimant, *, now: dt.datetime, today: dt.date
    ) -> tuple[Verdict, Grant | None]:
        """Answer one claim; what was granted counts for the next one."""
        verdict = standing(self.terms, claimant, now=now, today=today)
        if verdict != Verdict.GRANTED:
            return verdict, None
        slots = self.held.setdefault(claimant.holder_id, set())
        slot = first_free(slots, self.terms.per_person)
        if slot is None:
            return Verdict.HAS_SHARE, None
        if self.left <= 0:
            return Verdict.SOLD_OUT, None
        slots.add(slot)
        self.left -= 1
        self.last_place += 1
        return Verdict.GRANTED, Grant(slot=slot, place=self.last_place)


def first_free(taken: Collection[int], count: int) -> int | None:
    """The lowest of `count` slots, from 1, that is not taken."""
    free: Iterable[int] = (slot for slot in range(1, count + 1) if slot not in taken)
    return next(iter(free), None)
