"""Who may claim of a pool at all: pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from niangjia.allocation.models.choices import ClaimantKind, Mode
from niangjia.allocation.models.pools import leaves_time


class Verdict(StrEnum):
    """What a claim is answered. The values are codes of the API."""

    GRANTED = "granted"
    HELD = "held"
    WAITING = "waiting"
    ENTERED = "entered"
    OFFERED = "offered"
    ENDED = "ended"
    HAS_SHARE = "has-share"
    SOLD_OUT = "sold-out"
    NOT_OPEN = "not-open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NOT_A_MEMBER = "not-a-member"
    OUT_OF_REACH = "out-of-reach"
    WRONG_KIND = "wrong-kind"
    NOT_VERIFIED = "not-verified"
    TOO_NEW = "too-new"
    AGE_UNKNOWN = "age-unknown"
    TOO_YOUNG = "too-young"
    TOO_OLD = "too-old"
    TOO_MANY_PARTS = "too-many-parts"
    ASKS_MORE = "asks-more"
    NO_SUCH_POOL = "not-found"
    KEY_USED = "idempotency-key-reused"
    KEY_IN_USE = "in-progress"

    @property
    def is_in(self) -> bool:
        """Whether there is a claim that may still come to something."""
        return self in IN


IN = {Verdict.GRANTED, Verdict.HELD, Verdict.WAITING, Verdict.ENTERED, Verdict.OFFERED}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a pool asks of whoever claims, and how it gives. `reach` is the path of a union, "" for
    everybody, `also` those of unions beside it; ages are in whole years. `is_closed`: its end was
    noted, which holds whatever the clock of another machine says. `asks_more`: claims come by the
    room above alone."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    mode: Mode | str = Mode.FIRST_COME
    per_person: int = 1
    parts_max: int = 1
    reach: str = ""
    kinds: tuple[str, ...] = ()
    needs_real_name: bool = False
    member_days: int = 0
    age_min: int | None = None
    age_max: int | None = None
    confirm_minutes: int = 0
    has_waiting_list: bool = False
    offer_minutes: int = 24 * 60
    offers_until: dt.datetime | None = None
    is_cancelled: bool = False
    is_closed: bool = False
    asks_more: bool = False
    also: tuple[str, ...] = ()

    def passes_on(self, now: dt.datetime) -> bool:
        """Whether parts that come free still go to the next in line: while there is time to say
        yes to one. Once they do not, there is nothing to wait for, and nobody for whose sake a part
        would have to be confirmed."""
        return leaves_time(self.offers_until, self.offer_minutes, now)

    def holds(self, now: dt.datetime) -> bool:
        """Whether whoever gets a part has to confirm it. Where the time for that is too short it is
        theirs at once."""
        is_asked = self.confirm_minutes > 0 and self.passes_on(now)
        return is_asked and leaves_time(self.offers_until, self.confirm_minutes, now)

    def lines_up(self, now: dt.datetime) -> bool:
        """Whether whoever finds nothing left can wait."""
        return self.has_waiting_list and self.passes_on(now)


class Claimant(NamedTuple):
    """What is known of whoever claims. Ids are text. `path` and `since` are those of their
    membership, `kind` the kind of worker that they said they were when they joined ("" for an
    employer's own); `works_outdoors`: their union says so."""

    account_id: str
    holder_id: str
    is_verified: bool
    path: str | None
    since: dt.date | None
    kind: str = ""
    birth_date: dt.date | None = None
    works_outdoors: bool = False

    @property
    def kinds(self) -> set[str]:
        """What they are, as pools ask."""
        return {self.kind, ClaimantKind.OUTDOORS.value} if self.works_outdoors else {self.kind}


def standing(terms: Terms, claimant: Claimant, *, now: dt.datetime, today: dt.date) -> Verdict:
    """Whether the pool is open to `claimant`: `GRANTED`, or what stands against it. `today` is the
    day in China, which ages and days of membership are counted to."""
    if terms.is_cancelled:
        return Verdict.CANCELLED
    if now < terms.opens_at:
        return Verdict.NOT_OPEN
    if terms.is_closed or now >= terms.closes_at:
        return Verdict.CLOSED
    return eligibility(terms, claimant, today=today)


def eligibility(terms: Terms, claimant: Claimant, *, today: dt.date) -> Verdict:
    """Whether the pool is for `claimant`, whenever it is open."""
    if terms.needs_real_name and not claimant.is_verified:
        return Verdict.NOT_VERIFIED
    verdict = membership(terms, claimant, today)
    return age(terms, claimant, today) if verdict == Verdict.GRANTED else verdict


def membership(terms: Terms, claimant: Claimant, today: dt.date) -> Verdict:
    """Whether `claimant` is a member of the kind that the pool is for."""
    if not (terms.reach or terms.member_days or terms.kinds):
        return Verdict.GRANTED
    if claimant.path is None or claimant.since is None:
        return Verdict.NOT_A_MEMBER
    if not claimant.path.startswith((terms.reach, *terms.also)):
        return Verdict.OUT_OF_REACH
    if terms.kinds and claimant.kinds.isdisjoint(terms.kinds):
        return Verdict.WRONG_KIND
    if (today - claimant.since).days < terms.member_days:
        return Verdict.TOO_NEW
    return Verdict.GRANTED


def age(terms: Terms, claimant: Claimant, today: dt.date) -> Verdict:
    """Whether `claimant` is of the age that the pool is for."""
    if terms.age_min is None and terms.age_max is None:
        return Verdict.GRANTED
    if claimant.birth_date is None:
        return Verdict.AGE_UNKNOWN
    years = full_years(claimant.birth_date, today)
    if terms.age_min is not None and years < terms.age_min:
        return Verdict.TOO_YOUNG
    if terms.age_max is not None and years > terms.age_max:
        return Verdict.TOO_OLD
    return Verdict.GRANTED


def full_years(birth_date: dt.date, today: dt.date) -> int:
    """Whole years of age. Whoever was born on 29 February comes of age on 1 March."""
    return (
        today.year
        - birth_date.year
        - ((today.month, today.day) < (birth_date.month, birth_date.day))
    )
