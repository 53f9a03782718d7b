"""What this room's operations take and give."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from niangjia.allocation.models import (
    ClaimState,
    DrawState,
    EntryState,
    Mode,
    Problem,
    Source,
    VoidReason,
)
from niangjia.allocation.rules.lines import Stage
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.services.entering import SCANS_MAX


class ClaimIn(Schema):
    """How many parts of the pool: seats of a family, say. One, unless it is said."""

    parts: Annotated[int, Field(ge=1, le=100, strict=True)] = 1


class ClaimAnswer(Schema):
    """A claim that was let in. `verdict` says how it stands: the parts are yours (`granted`), held
    until you confirm them (`held`), offered to you (`offered`); or it is not decided yet: in line
    (`waiting`), or taken in with everybody else's of the opening seconds or for a draw (`entered`).
    `place` is its place in the pool, `expires_at` until when something is held or offered."""

    claim_id: uuid.UUID
    verdict: Literal["granted", "held", "waiting", "entered", "offered"]
    place: int | None
    expires_at: dt.datetime | None


class PoolUnion(Schema):
    number: str
    name: str


class ClaimOut(Schema):
    """`page`: the address of what it is of, "" where there is none. `expires_at`: until when
    something is held or offered. `reason`: why it was refused."""

    id: uuid.UUID
    pool_id: uuid.UUID
    name: str
    page: str
    state: ClaimState
    parts: int
    at: dt.datetime
    changed_at: dt.datetime
    expires_at: dt.datetime | None
    used_at: dt.datetime | None
    reason: str


class ClaimList(Schema):
    items: list[ClaimOut]
    next: str | None


class PoolLineOut(Schema):
    """A pool, and where the token's owner stands with it. `claim` is their live one, or the last
    that has ended."""

    id: uuid.UUID
    name: str
    union: PoolUnion
    page: str
    mode: Mode
    opens_at: dt.datetime
    closes_at: dt.datetime
    left: int = Field(description="for everybody, what is kept for single unions apart")
    stage: Stage
    verdict: Verdict = Field(description="granted: you may claim; otherwise why not")
    claim: ClaimOut | None
    place: int | None
    last_offer_at: dt.datetime | None = Field(
        description="until when what comes free is offered to whoever waits: from then on there is "
        "no time to confirm it; null: without end, or there is no waiting list"
    )
    waiting: int
    pace: int
    entered: int
    seconds: int | None
    commitment: str = Field(
        description="fingerprint of the number that its order follows from; empty: there is none"
    )
    seed: str = Field(description="that number, once it has decided")
    order: str = Field(description="address of the published order, once there is one")


class DrawOut(Schema):
    """A draw as everybody sees it. `parts`, `entrants` and `seal` are there once the list is
    sealed, `value` once it is drawn; its files are at `files`."""

    number: str
    state: DrawState
    title: str
    union: str
    source: Source
    issue: str
    known_at: dt.datetime
    commitment: str
    parts: int | None
    entrants: int | None
    seal: str | None
    sealed_at: dt.datetime | None
    value: str | None
    drawn_at: dt.datetime | None
    void_reason: str
    files: dict[str, str]


class DrawList(Schema):
    items: list[DrawOut]
    next: str | None


class AnnouncementIn(Schema):
    """By which public value the lots of a pool will be drawn."""

    pool_id: uuid.UUID
    source: Source
    issue: Annotated[str, Field(max_length=20)]
    day: dt.date


class ReadingIn(Schema):
    """The public value, as somebody looked it up."""

    value: Annotated[str, Field(max_length=80)]


class VoidIn(Schema):
    reason: VoidReason


class DrawLineOut(Schema):
    """One's own line, and the private code that proves it. `rank` is there once it is drawn."""

    pseudonym: str
    parts: int
    code: str | None
    rank: int | None
    has_won: bool | None


class DrawLineList(Schema):
    items: list[DrawLineOut]
    next: None = None


class GateOut(Schema):
    """The way in to an occasion."""

    id: uuid.UUID
    title: str
    union: str
    begins_at: dt.datetime
    ends_at: dt.datetime


class GateList(Schema):
    items: list[GateOut]
    next: str | None


class PartyMemberOut(Schema):
    """Somebody of the team of whoever is on the list."""

    id: uuid.UUID
    shown: str


class ListedOut(Schema):
    """Somebody who may come in. `key` (base 64) is good for this occasion's codes alone. `party`:
    their teammates, who come in by the same code."""

    claim_id: uuid.UUID
    place: int
    parts: int
    shown: str
    key: str
    party: list[PartyMemberOut]


class PackOut(Schema):
    """What a steward's device keeps until `valid_until`. `came`: the claims, and those of their
    parties, that have come in. `csrf` goes with what a browser sends."""

    gate: GateOut
    now: dt.datetime
    valid_from: dt.datetime
    valid_until: dt.datetime
    people: list[ListedOut]
    came: list[uuid.UUID]
    csrf: str


class ScanIn(Schema):
    """What a device noted. `id` is its own, so that sending again changes nothing; `code` is what
    was scanned or typed, empty for a name chosen from the list; `at` is in the device's time.
    `members`: those of the claim's party who are there too; again with others, who came later."""

    id: uuid.UUID
    claim_id: uuid.UUID
    code: Annotated[str, Field(max_length=200)] = ""
    door: Annotated[str, Field(max_length=40)] = ""
    at: AwareDatetime
    members: Annotated[tuple[uuid.UUID, ...], Field(max_length=50)] = ()


class EntriesIn(Schema):
    """Scans, and what the device's clock says now."""

    now: AwareDatetime
    scans: Annotated[list[ScanIn], Field(max_length=SCANS_MAX)]


class EntryOut(Schema):
    id: uuid.UUID
    state: EntryState
    problem: Problem


class EntriesOut(Schema):
    """What became of each scan, and who has come in at any door."""

    items: list[EntryOut]
    came: list[uuid.UUID]
    next: None = None


class DeskGateOut(GateOut):
    """How many came in, and how many entries are to be looked at."""

    came: int
    conflicts: int


class DeskGateList(Schema):
    items: list[DeskGateOut]
    next: str | None


class StewardIn(Schema):
    """The number with which they sign in."""

    phone: Annotated[str, Field(max_length=30)]


class StewardOut(Schema):
    """`shown`: a masked name and the last digits of the number."""

    id: uuid.UUID
    shown: str
    named_at: dt.datetime


class StewardList(Schema):
    items: list[StewardOut]
    next: str | None


class ConflictOut(Schema):
    """An entry that did not fit; `whose`: a masked name and the last digits of the number."""

    id: uuid.UUID
    problem: Problem
    at: dt.datetime
    door: str
    whose: str
    state: EntryState
    judgement: str


class ConflictList(Schema):
    items: list[ConflictOut]
    next: str | None


class EntryJudgementIn(Schema):
    judgement: Literal["harmless", "let_in", "misused"]


class ClaimCodeOut(Schema):
    """The code of this half minute: `text` for the QR, or `place` and `digits` to be read out."""

    gate: GateOut
    text: str
    place: int
    digits: str
    seconds_left: int
