"""Budgets, benefits and shares, as operations take and give them. Amounts are whole fen."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from niangjia.allocation.models import ClaimantKind, Mode
from niangjia.benefits.models import BenefitKind
from niangjia.benefits.schemas.shapes import Fen, GivingUnion, Reason
from niangjia.benefits.services.drafting import FAIR_SECONDS


class BudgetIn(Schema):
    union: str
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    year: int
    amount_fen: Fen


class BudgetAmountIn(Schema):
    amount_fen: Fen


class BudgetOut(Schema):
    id: uuid.UUID
    union: GivingUnion
    name: str
    year: int
    amount_fen: int
    committed_fen: int


class BudgetList(Schema):
    items: list[BudgetOut]
    next: str | None


class BenefitIn(Schema):
    """A draft. `merchants` are numbers; none: every merchant of the union and of those above.
    `only_members`: only of this union and of those below it; `reach`: only of one below, by its
    number. `confirm_minutes`: kept for so long, to be confirmed; 0: theirs at once. The first
    `gather_seconds` of first come, first served are put in random order. `is_piece`: a thing that
    the union has already and that is handed over without a bill; `face_fen` is what one cost."""

    kind: BenefitKind
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    budget_id: uuid.UUID
    supply: int
    face_fen: int
    min_bill_fen: int = Field(0, ge=0, le=10**9)
    is_partial: bool = False
    is_piece: bool = False
    valid_from: AwareDatetime
    valid_until: AwareDatetime
    valid_days: int | None = None
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    mode: Mode = Mode.FIRST_COME
    per_person: int = 1
    only_members: bool = True
    reach: str = ""
    kinds: list[ClaimantKind] = Field(default_factory=list, max_length=10)
    needs_real_name: bool = True
    member_days: int = 0
    age_min: int | None = None
    age_max: int | None = None
    has_waiting_list: bool = False
    confirm_minutes: int = 0
    gather_seconds: int = FAIR_SECONDS
    merchants: list[str] = Field(default_factory=list, max_length=200)


class NewBenefitIn(BenefitIn):
    union: str


class KeptShareIn(Schema):
    """So many for the members of a union (its number) below the one that gives it."""

    union: str
    supply: int = Field(ge=1, le=10_000_000)
    returns_at: AwareDatetime | None = None


class KeptShareOut(Schema):
    """What is left of it flows back to everybody at `returns_at`."""

    union: GivingUnion
    supply: int
    taken: int
    returns_at: dt.datetime | None
    returned_at: dt.datetime | None


class KeptShareList(Schema):
    items: list[KeptShareOut]
    next: str | None


class ReachIn(Schema):
    """The number of any union."""

    union: str


class ReachList(Schema):
    items: list[GivingUnion]


class ClosesIn(Schema):
    closes_at: AwareDatetime


class MoreIn(Schema):
    count: int


class CallOffIn(Schema):
    reason: Reason
