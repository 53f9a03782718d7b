"""What this room's operations take and give. Amounts are whole fen."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from niangjia.allocation.models import Mode
from niangjia.benefits.models import (
    BenefitKind,
    BenefitState,
    CouponState,
    Judgement,
    MerchantState,
    SignalKind,
    StatementState,
)
from niangjia.organisations.models import WorkerKind

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Fen = Annotated[int, Field(ge=1, le=10**12)]
Key = Annotated[str, StringConstraints(min_length=8, max_length=64)]


class GivingUnion(Schema):
    number: str
    name: str


class BenefitOut(Schema):
    """`left`: how many can still be had, where whoever comes first has one."""

    number: str
    name: str
    kind: BenefitKind
    state: BenefitState
    union: GivingUnion
    words: str
    face_fen: int
    min_bill_fen: int
    is_partial: bool
    mode: Mode | None
    pool_id: uuid.UUID | None
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    valid_from: dt.datetime
    valid_until: dt.datetime
    supply: int
    left: int | None


class BenefitList(Schema):
    items: list[BenefitOut]
    next: str | None


class ShopOut(Schema):
    number: str
    name: str
    merchant: str
    address: str
    longitude: float | None
    latitude: float | None
    opening_hours: str


class ShopList(Schema):
    items: list[ShopOut]
    next: str | None


class UseOut(Schema):
    at: dt.datetime
    shop: str
    amount_fen: int
    refunded_fen: int


class CouponOut(Schema):
    """`left_fen`: what it can still pay; `forfeited_fen`: what was lost by using it in one go."""

    number: str
    benefit: str
    benefit_number: str
    face_fen: int
    left_fen: int
    forfeited_fen: int
    state: CouponState
    given_at: dt.datetime
    expires_at: dt.datetime


class CouponDetail(CouponOut):
    """`code` is of this half minute, for the till; null when it cannot be used."""

    uses: list[UseOut]
    code: str | None
    digits: str | None
    seconds_left: int | None


class CouponList(Schema):
    items: list[CouponOut]
    next: str | None


class SaleIn(Schema):
    """`amount_fen`: how much of it with the coupon; null: as much as it gives. `key` is of the
    purchase: sent again it is the same one."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    bill_fen: Fen
    amount_fen: Fen | None = None
    key: Key


class SaleOut(Schema):
    id: uuid.UUID
    at: dt.datetime
    shop: str
    coupon: str
    benefit: str
    bill_fen: int
    amount_fen: int
    refunded_fen: int


class SaleList(Schema):
    items: list[SaleOut]
    next: str | None


class RefundIn(Schema):
    amount_fen: Fen
    reason: Reason
    key: Key


class TillOut(Schema):
    shop: str
    name: str
    merchant: str
    is_manager: bool


class TillList(Schema):
    items: list[TillOut]


class CashierOut(Schema):
    id: uuid.UUID
    since_at: dt.datetime
    is_manager: bool


class CashierList(Schema):
    items: list[CashierOut]


class TillLinkOut(Schema):
    """Shown once: whoever sends the token to `/tills` stands at this till."""

    token: str


class TillLinkIn(Schema):
    token: Annotated[str, StringConstraints(min_length=10, max_length=80)]


class StatementOut(Schema):
    number: str
    union: GivingUnion
    merchant: str
    month: dt.date
    state: StatementState
    redeemed_fen: int
    refunded_fen: int
    total_fen: int
    words: str
    payment: str


class StatementLineOut(Schema):
    at: dt.datetime
    shop: str
    benefit: str
    coupon: str
    amount_fen: int


class StatementList(Schema):
    items: list[StatementOut]
    next: str | None


class StatementLineList(Schema):
    items: list[StatementLineOut]
    next: str | None


class StatementAnswerIn(Schema):
    """Without `words` it is confirmed; with them it is disputed."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class PaymentIn(Schema):
    payment: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]


class MonthIn(Schema):
    """`month` is its first day; `union` its number."""

    union: str
    month: dt.date


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
    `only_members`: only of this union and of those below it."""

    kind: BenefitKind
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    budget_id: uuid.UUID
    supply: int
    face_fen: int
    min_bill_fen: int = Field(0, ge=0, le=10**9)
    is_partial: bool = False
    valid_from: AwareDatetime
    valid_until: AwareDatetime
    valid_days: int | None = None
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    mode: Mode = Mode.FIRST_COME
    per_person: int = 1
    only_members: bool = True
    kinds: list[WorkerKind] = Field(default_factory=list, max_length=10)
    needs_real_name: bool = True
    member_days: int = 0
    has_waiting_list: bool = False
    gather_seconds: int = 0
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


class MoreIn(Schema):
    count: int


class CallOffIn(Schema):
    reason: Reason


class MerchantIn(Schema):
    union: str
    name: Short
    uscc: Annotated[str, StringConstraints(max_length=30)]
    trade: Annotated[str, StringConstraints(max_length=60)] = ""


class MerchantStateIn(Schema):
    state: MerchantState
    reason: Reason


class MerchantOut(Schema):
    number: str
    union: GivingUnion
    name: str
    uscc: str
    trade: str
    state: MerchantState
    since_date: dt.date


class MerchantList(Schema):
    items: list[MerchantOut]
    next: str | None


class ShopIn(Schema):
    """`place` names the county or district; empty: that of the union."""

    name: Short
    place: Annotated[str, StringConstraints(max_length=60)] = ""
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    longitude: float | None = None
    latitude: float | None = None
    opening_hours: Annotated[str, StringConstraints(max_length=200)] = ""


class MerchantRowIn(ShopIn):
    """One row of a list: a shop and its merchant."""

    merchant: Short
    uscc: Annotated[str, StringConstraints(max_length=30)]
    trade: Annotated[str, StringConstraints(max_length=60)] = ""


class MerchantRowsIn(Schema):
    union: str
    rows: list[MerchantRowIn] = Field(max_length=10_000)


class ImportedOut(Schema):
    merchants: int
    shops: int
    known: int


class RedemptionSignalOut(Schema):
    id: uuid.UUID
    shop: str
    kind: SignalKind
    hour_at: dt.datetime
    count: int
    judgement: Judgement | None
    words: str


class RedemptionSignalList(Schema):
    items: list[RedemptionSignalOut]
    next: str | None


class RedemptionJudgementIn(Schema):
    judgement: Judgement
    words: Reason


def named(found: Any) -> dict[str, str]:
    """A union as `GivingUnion`."""
    return {"number": found.number, "name": found.name}
