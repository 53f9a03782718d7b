"""/benefits and /coupons: what can be had, what one has. Claiming is the pool's own operation."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.allocation.models import Mode
from niangjia.allocation.rules import codes
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Coupon, Redemption
from niangjia.benefits.rules.redeeming import check_usable
from niangjia.benefits.schemas.portal import (
    BenefitList,
    BenefitOut,
    CouponDetail,
    CouponList,
    CouponOut,
    ShopList,
)
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.services.redeeming import terms_of
from niangjia.benefits.services.showing import key_of
from niangjia.core import clock, idempotency
from niangjia.core.errors import DomainError
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of

router = Router(tags=["benefits"])
coupons = Router(tags=["benefits"])


def benefit_shown(benefit: Benefit) -> dict[str, Any]:
    """A benefit as `BenefitOut`."""
    names = ["number", "name", "kind", "state", "words", "face_fen", "min_bill_fen", "is_partial"]
    names += ["is_piece", "valid_from", "valid_until", "supply", "pool_id"]
    pool = benefit.pool
    first_come = pool is not None and pool.mode == Mode.FIRST_COME
    return {name: getattr(benefit, name) for name in names} | {
        "union": named(benefit.union),
        "mode": pool.mode if pool else None,
        "opens_at": pool.opens_at if pool else None,
        "closes_at": pool.closes_at if pool else None,
        "left": max(0, pool.stock.supply - pool.stock.taken) if pool and first_come else None,
    }


@router.get("", response=BenefitList, auth=None, summary="What can be had")
def list_benefits(
    request: HttpRequest, over: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """Everywhere, the first to close first; or what is over."""
    found = selectors.list_open_benefits(now=clock.now(), over=over)
    page = page_of(found, order=selectors.ORDER, cursor=cursor)
    return {"items": list(map(benefit_shown, page.items)), "next": page.next}


@router.get("/{number}", response=BenefitOut, auth=None, summary="One benefit")
def show_benefit(request: HttpRequest, number: str) -> dict[str, Any]:
    """Claim it at its pool: POST /pools/{pool_id}/claims."""
    return benefit_shown(selectors.access_benefit(number))


@router.get("/{number}/shops", response=ShopList, auth=None, summary="Where it is taken")
def list_benefit_shops(
    request: HttpRequest, number: str, cursor: str | None = None
) -> dict[str, Any]:
    """By name."""
    found = selectors.list_shops_taking(selectors.access_benefit(number))
    page = page_of(found, order=("name", "id"), cursor=cursor)
    return {"items": list(map(shop_shown, page.items)), "next": page.next}


def shop_shown(shop: Any) -> dict[str, Any]:
    """A shop as `ShopOut`."""
    names = ("number", "name", "address", "longitude", "latitude", "opening_hours")
    return {name: getattr(shop, name) for name in names} | {"merchant": shop.merchant.name}


def coupon_shown(coupon: Coupon) -> dict[str, Any]:
    """A coupon as `CouponOut`."""
    names = ("number", "face_fen", "forfeited_fen", "state", "given_at", "expires_at")
    return {name: getattr(coupon, name) for name in names} | {
        "left_fen": coupon.usable_fen,
        "benefit": coupon.benefit.name,
        "benefit_number": coupon.benefit.number,
        "is_piece": coupon.benefit.is_piece,
    }


def use_shown(use: Redemption) -> dict[str, Any]:
    """A redemption as `UseOut`."""
    return {
        "at": use.at,
        "shop": use.shop.name,
        "amount_fen": use.amount_fen,
        "refunded_fen": sum(back.amount_fen for back in use.refunds.all()),
    }


@coupons.get("", response=CouponList, summary="My coupons")
def list_coupons(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first."""
    page = page_of(selectors.list_coupons(account_of(request)), order=("-id",), cursor=cursor)
    return {"items": list(map(coupon_shown, page.items)), "next": page.next}


@coupons.get("/{number}", response=CouponDetail, summary="One of my coupons, with its code")
def show_coupon(request: HttpRequest, number: str) -> dict[str, Any]:
    """The code changes every 30 seconds and pays once."""
    found, now = selectors.access_coupon(account_of(request), number), clock.now()
    shown: dict[str, Any] = {"code": None, "digits": None, "seconds_left": None}
    try:
        check_usable(terms_of(found, found.benefit), now=now)
    except DomainError:
        pass
    else:
        key, step = key_of(found), codes.step_at(now)
        shown = {
            "code": codes.code_at(found.claim_id, key, step),
            "digits": codes.digits_at(key, step),
            "seconds_left": codes.seconds_left(now),
        }
    uses = [use_shown(use) for use in selectors.list_uses(found)[:50]]
    return coupon_shown(found) | {"uses": uses} | shown


@coupons.post("/{number}/return", response=CouponOut, summary="Give a coupon back")
def return_coupon(request: HttpRequest, number: str) -> dict[str, Any]:
    """409 once something of it was used."""
    idempotency.read_anew(request)
    account = account_of(request)
    found = selectors.access_coupon(account, number)
    services.return_coupon(by=account, coupon=found, now=clock.now())
    return coupon_shown(selectors.access_coupon(account, number))
