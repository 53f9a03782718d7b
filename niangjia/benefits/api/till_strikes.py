"""/tills: what was struck of a merchant's, and its objection; by the pages' services."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.benefits import services
from niangjia.benefits.models import Strike
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.schemas.strikes import (
    MerchantStrikeList,
    MerchantStrikeOut,
    StrikeObjectionIn,
)
from niangjia.benefits.selectors import strikes as selectors
from niangjia.benefits.selectors.tills import access_managed
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of

router = Router(tags=["tills"])


def strike_shown(strike: Strike) -> dict[str, Any]:
    """A strike as `MerchantStrikeOut`."""
    names = ("state", "reason", "amount_fen", "decided_at", "due_at", "objection", "answer")
    bought = strike.redemption
    return {name: getattr(strike, name) for name in (*names, "ended_at")} | {
        "id": strike.pk,
        "union": named(bought.coupon.benefit.union),
        "shop": bought.shop.name,
        "benefit": bought.coupon.benefit.name,
        "redeemed_at": bought.at,
    }


@router.get("/{shop}/strikes", response=MerchantStrikeList, summary="What unions struck of ours")
def list_own_strikes(request: HttpRequest, shop: str, cursor: str | None = None) -> dict[str, Any]:
    """For managers, of all shops of the merchant; the newest first."""
    till = access_managed(account_of(request), shop)
    page = page_of(selectors.list_strikes_of(till), order=("-id",), cursor=cursor)
    return {"items": list(map(strike_shown, page.items)), "next": page.next}


@router.get("/strikes/{strike_id}", response=MerchantStrikeOut, summary="One that was struck")
def show_own_strike(request: HttpRequest, strike_id: str) -> dict[str, Any]:
    """Why, and until when one can object."""
    return strike_shown(selectors.access_strike_for(account_of(request), strike_id)[0])


@router.post(
    "/strikes/{strike_id}/objection", response=MerchantStrikeOut, summary="Object to a strike"
)
def object_to_strike(
    request: HttpRequest, strike_id: str, payload: StrikeObjectionIn
) -> dict[str, Any]:
    """Within five working days; the union answers."""
    found, till = selectors.access_strike_for(account_of(request), strike_id)
    services.object_to_strike(by=till, strike=found, words=payload.words, now=clock.now())
    return show_own_strike(request, strike_id)
