"""/shops: the nearest that take unions' coupons. Public."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from niangjia.benefits.api.portal import shop_shown
from niangjia.benefits.schemas.portal import NearShopList
from niangjia.benefits.selectors import shops as selectors
from niangjia.benefits.selectors.shops import NearShop, list_usable, question_of
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import visitor_or_account
from niangjia.organisations.selectors.asked_places import read_asked_place

router = Router(tags=["benefits"], auth=None)
MAX_SIZE = 50


@router.get("", response=NearShopList, summary="The nearest shops")
def find_shops(
    request: HttpRequest,
    near: Annotated[str, Query(description="latitude,longitude in degrees, WGS-84")] = "",
    division: str = "",
    q: str = "",
    mine: Annotated[bool, Query(description="only where one of my coupons is taken")] = False,
    size: Annotated[int, Query(ge=1, le=MAX_SIZE)] = 20,
) -> dict[str, Any]:
    """Within 50 km, nearest first, exactly; by words also from further away. For whoever is signed
    in, with which of their coupons each takes."""
    asked = read_asked_place({"near": near, "division": division, "q": q})
    question = question_of(asked)
    if question is None and not asked.errors:
        asked.errors["near"] = _("Say where: near or division, or by which words.")
    if asked.errors or question is None:
        raise Invalid(_("Some places need another look."), fields=asked.errors)
    account = visitor_or_account(request)
    usable = list_usable(account, now=clock.now()) if account else ()
    found = selectors.find_shops(question.for_holder(usable, only=mine), count=size)
    return {"items": list(map(shown, found)), "next": None}


def shown(found: NearShop) -> dict[str, Any]:
    """A shop as `NearShopOut`."""
    return shop_shown(found.shop) | {
        "metres": round(found.metres),
        "is_approximate": found.shop.entry.is_approximate,
        "coupons": [coupon.number for coupon in found.coupons],
    }
