"""/desk/benefits/strikes: striking redemptions, by the pages' services."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.benefits import services
from niangjia.benefits.api.desk import GIVE, acting
from niangjia.benefits.api.till_strikes import strike_shown
from niangjia.benefits.models import Redemption, Strike, StrikeState
from niangjia.benefits.schemas.strikes import (
    CouponUseList,
    DropIn,
    ObjectionAnswerIn,
    StrikeIn,
    StrikeList,
    StrikeOut,
)
from niangjia.benefits.selectors import benefits as benefit_selectors
from niangjia.benefits.selectors import strikes as selectors
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post

router = Router(tags=["benefits"])


def shown(strike: Strike) -> dict[str, Any]:
    """A strike as `StrikeOut`."""
    names = ("occasion", "is_party", "proposed_at", "decision")
    bought = strike.redemption
    more = {name: getattr(strike, name) for name in names}
    more |= {"merchant": bought.shop.merchant.name, "coupon": bought.coupon.number}
    return strike_shown(strike) | more


def use_shown(bought: Redemption) -> dict[str, Any]:
    """A redemption as `CouponUseOut`."""
    names = ("at", "bill_fen", "amount_fen", "kept_fen")
    return {name: getattr(bought, name) for name in names} | {
        "id": bought.pk,
        "shop": bought.shop.name,
        "merchant": bought.shop.merchant.name,
    }


def by_of(request: HttpRequest, redemption: Redemption) -> Post:
    """The post with which one acts at the union that pays."""
    return acting(request, redemption.coupon.benefit.union)


@router.get(
    "/coupons/{number}/redemptions", response=CouponUseList, summary="What a coupon was used for"
)
def list_coupon_redemptions(request: HttpRequest, number: str) -> dict[str, Any]:
    """The newest first, 50 at most."""
    found = benefit_selectors.access_coupon_within(posts_for(request, GIVE), number)
    uses = benefit_selectors.list_uses(found).select_related("shop__merchant")[:50]
    return {"items": list(map(use_shown, uses))}


@router.get("/strikes", response=StrikeList, summary="Struck redemptions within reach")
def list_strikes(
    request: HttpRequest, state: StrikeState | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The newest first, also those that are proposed or were dropped."""
    found = selectors.list_strikes_within(posts_for(request, GIVE), state or "")
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(shown, page.items)), "next": page.next}


@router.post("/strikes", response={201: StrikeOut}, summary="Propose to strike a redemption")
def propose_strike(request: HttpRequest, payload: StrikeIn) -> Status[dict[str, Any]]:
    """Nothing moves before somebody else confirms it."""
    sale = selectors.access_redemption_within(posts_for(request, GIVE), str(payload.redemption))
    made = services.propose_strike(
        by=by_of(request, sale),
        redemption=sale,
        now=clock.now(),
        **payload.dict(exclude={"redemption"}),
    )
    return Status(201, shown(made))


@router.get("/strikes/{strike_id}", response=StrikeOut, summary="One struck redemption")
def show_strike(request: HttpRequest, strike_id: str) -> dict[str, Any]:
    """Where it stands, what the merchant objected and what was answered."""
    return shown(selectors.access_strike_within(posts_for(request, GIVE), strike_id))


@router.post("/strikes/{strike_id}/confirmation", response=StrikeOut, summary="Confirm a strike")
def confirm_strike(request: HttpRequest, strike_id: str) -> dict[str, Any]:
    """Not by whoever proposed it. It is reversed in the books, and the merchant can object."""
    found = selectors.access_strike_within(posts_for(request, GIVE), strike_id)
    services.confirm_strike(by=by_of(request, found.redemption), strike=found, now=clock.now())
    return show_strike(request, strike_id)


@router.post("/strikes/{strike_id}/drop", response=StrikeOut, summary="Do not strike it")
def drop_strike(request: HttpRequest, strike_id: str, payload: DropIn) -> dict[str, Any]:
    """What was only proposed; with a reason."""
    found = selectors.access_strike_within(posts_for(request, GIVE), strike_id)
    services.drop_strike(
        by=by_of(request, found.redemption),
        strike=found,
        reason=payload.reason,
        now=clock.now(),
    )
    return show_strike(request, strike_id)


@router.post("/strikes/{strike_id}/answer", response=StrikeOut, summary="Answer an objection")
def answer_objection(
    request: HttpRequest, strike_id: str, payload: ObjectionAnswerIn
) -> dict[str, Any]:
    """By somebody who neither proposed nor confirmed it."""
    found = selectors.access_strike_within(posts_for(request, GIVE), strike_id)
    services.answer_objection(
        by=by_of(request, found.redemption), strike=found, now=clock.now(), **payload.dict()
    )
    return show_strike(request, strike_id)
