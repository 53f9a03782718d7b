"""What one's unions give: the list, one benefit, claiming it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.allocation.selectors import show_line
from niangjia.benefits.models import Benefit, BenefitState, Shop
from niangjia.benefits.rules import claiming
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors.sharing import list_also
from niangjia.benefits.views.shop_maps import shops_map
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import visitor_or_account
from niangjia.members.selectors import find_membership

SHOPS = 30


@require_GET
def benefits(request: HttpRequest) -> HttpResponse:
    """What can be had: that of one's own unions first, everybody's otherwise."""
    now = clock.now()
    account = visitor_or_account(request)
    membership = find_membership(account) if account else None
    is_all = membership is None or request.GET.get("all") == "on"
    over = request.GET.get("over") == "on"
    path = None if is_all or membership is None else membership.union.path
    found = selectors.list_open_benefits(path=path, now=now, over=over)
    page = page_of(found, order=selectors.ORDER, cursor=request.GET.get("cursor"), size=20)
    return render(
        request,
        "benefits/benefits.html",
        {
            "page": page,
            "rows": [(each, claiming.said(each.pool, now)) for each in page.items if each.pool],
            "membership": membership,
            "is_all": is_all,
            "over": over,
            "usable": selectors.list_usable_coupons(account, now).count() if account else 0,
        },
    )


@never_cache
@require_GET
def benefit(request: HttpRequest, number: str) -> HttpResponse:
    """What it is, who gets it, where it is taken, and the one thing to do now: where one stands
    with its pool, as on the pool's own page."""
    found, now = selectors.access_benefit(number), clock.now()
    account = visitor_or_account(request)
    shops = list(selectors.list_shops_taking(found).order_by("name", "id")[: SHOPS + 1])
    context = {
        "benefit": found,
        "stage": claiming.said(found.pool, now) if found.pool else None,
        "mine": selectors.find_coupon_of(account, found) if account else None,
        "shops": shops[:SHOPS],
        "has_more_shops": len(shops) > SHOPS,
        "map": map_of(found, shops[:SHOPS]),
        "conditions": claiming.conditions(found.pool, list_also(found.pool)) if found.pool else [],
    }
    if found.state == BenefitState.PUBLISHED and found.pool is not None:
        context |= show_line(found.pool, account, now=now)
    return render(request, "benefits/benefit.html", context)


def map_of(found: Benefit, shops: list[Shop]) -> dict[str, Any] | None:
    """The shops on the map; None where none has a point."""
    label = _("Map of the shops that take it")
    made = shops_map(shops, "shops-map", label, found.union.division_id or "")
    return made if made["markers"] else None
