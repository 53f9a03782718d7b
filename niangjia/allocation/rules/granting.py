"""Who gets a part of a pool: pure, for one claim and for a whole batch of them."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from niangjia.allocation.models.choices import ClaimState, Mode
from niangjia.allocation.rules.pools import SUPPLY_MAX
from niangjia.allocation.rules.standing import Claimant, Terms, Verdict, standing


class Grant(NamedTuple):
    """What a claim becomes: which one of the holder's it is, the how-many-th that its batch lets
    in, its state, and what it takes from (`share_id`; None: what is for everybody)."""

    slot: int
    number: int
    parts: int
    state: ClaimState
    share_id: uuid.UUID | None
    expires_at: dt.datetime | None


@dataclass(slots=True)
class Shared:
    """A share of a pool under its lock: for members at or below `path`, `left` parts."""

    share_id: uuid.UUID
    path: str
    left: int


@dataclass
class Sharing:
    """What a pool has to give to a batch, in the order in which it is asked.

    `left` are the parts for everybody, those of `shares` apart. `slots` are those that holders use
    up who have asked so far, `number` is how many were let in, `is_short` whether anybody asked for
    more than there was.
    """

    terms: Terms
    left: int
    shares: list[Shared] = field(default_factory=list)
    is_gathering: bool = False
    slots: dict[str, set[int]] = field(default_factory=dict)
    number: int = 0
    is_short: bool = False
    left_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.left_before = self.left

    def same_between(self) -> tuple[int, int]:
        """The least and the most parts that there could have been for everybody to be answered the
        same: where nobody was told that there are too few, as many as were given, or more."""
        if self.is_short:
            return self.left_before, self.left_before
        return self.left_before - self.left, SUPPLY_MAX

    def ask(
        self,
        claimant: Claimant,
        parts: int,
        *,
        held: Collection[int] | None,
        now: dt.datetime,
        today: dt.date,
    ) -> tuple[Verdict, Grant | None]:
        """Answer one claim; what was granted counts for the next one. `held` are the slots that its
        holder used up before."""
        verdict = standing(self.terms, claimant, now=now, today=today)
        if verdict != Verdict.GRANTED:
            return verdict, None
        if not 1 <= parts <= self.terms.parts_max:
            return Verdict.TOO_MANY_PARTS, None
        slots = self.slots.setdefault(claimant.holder_id, set(held or ()))
        slot = first_free(slots, self.terms.per_person)
        if slot is None:
            return Verdict.HAS_SHARE, None
        share = share_of(self.shares, claimant.path)
        verdict, share_id = self.decide(share, parts, now)
        if verdict == Verdict.SOLD_OUT:
            return verdict, None
        slots.add(slot)
        self.number += 1
        expires_at = held_until(self.terms, now) if verdict == Verdict.HELD else None
        state = STATES[verdict]
        return verdict, Grant(slot, self.number, parts, state, share_id, expires_at)

    def decide(
        self, share: Shared | None, parts: int, now: dt.datetime
    ) -> tuple[Verdict, uuid.UUID | None]:
        """What comes of a claim that is let in, and the share that it takes from or belongs to."""
        own = share.share_id if share else None
        if self.is_gathering or self.terms.mode != Mode.FIRST_COME:
            return Verdict.ENTERED, own
        if share and share.left >= parts:
            share.left -= parts
            return self.granted(now), own
        if self.left >= parts:
            self.left -= parts
            return self.granted(now), None
        self.is_short = True
        if self.terms.lines_up(now):
            return Verdict.WAITING, own
        return Verdict.SOLD_OUT, None

    def granted(self, now: dt.datetime) -> Verdict:
        """What somebody is told who gets parts: that they are theirs, or held for them."""
        return Verdict.HELD if self.terms.holds(now) else Verdict.GRANTED


#: What a claim becomes by what it is answered.
STATES = {
    Verdict.GRANTED: ClaimState.CONFIRMED,
    Verdict.HELD: ClaimState.HELD,
    Verdict.WAITING: ClaimState.WAITING,
    Verdict.ENTERED: ClaimState.ENTERED,
}
#: What somebody is answered whose claim is there already. Any other one has ended.
VERDICTS = {state: verdict for verdict, state in STATES.items()} | {
    ClaimState.OFFERED: Verdict.OFFERED
}


def verdict_of(state: str) -> Verdict:
    """What somebody is told of a claim that they made before."""
    return VERDICTS.get(ClaimState(state), Verdict.ENDED)


def held_until(terms: Terms, now: dt.datetime) -> dt.datetime:
    """Until when a part is held for its person to confirm it."""
    return earlier(now + dt.timedelta(minutes=terms.confirm_minutes), terms.offers_until, now)


def offered_until(terms: Terms, now: dt.datetime) -> dt.datetime:
    """Until when a part that came free is kept for the next in line."""
    return earlier(now + dt.timedelta(minutes=terms.offer_minutes), terms.offers_until, now)


def earlier(until: dt.datetime, limit: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """`until`, or `limit` when that comes first, but never before `now`."""
    return max(min(until, limit), now) if limit else until


def share_of(shares: Iterable[Shared], path: str | None) -> Shared | None:
    """The share that a member at `path` belongs to. Shares never lie one below the other."""
    if path is None:
        return None
    return next((share for share in shares if path.startswith(share.path)), None)


def first_free(taken: Collection[int], count: int) -> int | None:
    """The lowest of `count` slots, from 1, that is not taken."""
    free: Iterable[int] = (slot for slot in range(1, count + 1) if slot not in taken)
    return next(iter(free), None)
