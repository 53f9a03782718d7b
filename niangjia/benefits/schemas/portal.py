"""Benefits, shops and coupons, as everybody's operations give them. Amounts are whole fen."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.allocation.models import Mode
from niangjia.benefits.models import BenefitKind, BenefitState, CouponState
from niangjia.benefits.schemas.shapes import GivingUnion


class BenefitOut(Schema):
    """`left`: how many can still be had, where whoever comes first has one. `is_piece`: a thing
    that is handed over without a bill, whose `face_fen` is what one cost."""

    number: str
    name: str
    kind: BenefitKind
    state: BenefitState
    union: GivingUnion
    words: str
    face_fen: int
    min_bill_fen: int
    is_partial: bool
    is_piece: bool
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


class NearShopOut(ShopOut):
    """`metres` over the ground; `is_approximate`: counted from the middle of its county, since its
    own point is not known. `coupons` are the numbers of one's own that it takes."""

    metres: int
    is_approximate: bool
    coupons: list[str]


class NearShopList(Schema):
    items: list[NearShopOut]
    next: str | None


class UseOut(Schema):
    at: dt.datetime
    shop: str
    amount_fen: int
    refunded_fen: int


class CouponOut(Schema):
    """`left_fen`: what it can still pay; `forfeited_fen`: what was lost by using it in one go.
    `is_piece`: it is for a thing, of which nothing is left once it was handed over."""

    number: str
    benefit: str
    benefit_number: str
    is_piece: bool
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
