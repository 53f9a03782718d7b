"""What one's unions give: the list, one benefit, claiming it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Mode
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import Standing, pool_standing
from niangjia.allocation.selectors.draws import draw_of
from niangjia.allocation.services import Ask
from niangjia.benefits.models import Benefit, BenefitState, Shop
from niangjia.benefits.rules import claiming
from niangjia.benefits.selectors import benefits as selectors
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in, visitor_or_account
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
    """What it is, who gets it, where it is taken, and the one thing to do now."""
    return show(request, selectors.access_benefit(number))


def show(request: HttpRequest, found: Benefit, *, status: int = 200) -> HttpResponse:
    """Its page for whoever asks. What stands against a claim is said before it is made."""
    now = clock.now()
    account = visitor_or_account(request)
    standing: Standing | None = None
    if found.state == BenefitState.PUBLISHED and found.pool is not None:
        standing = pool_standing(found.pool, account, now=now)
    shops = list(selectors.list_shops_taking(found).order_by("name", "id")[: SHOPS + 1])
    context = {
        "benefit": found,
        "stage": claiming.said(found.pool, now) if found.pool else None,
        "standing": standing,
        "why_not": claiming.words(standing.verdict) if standing else "",
        "can_claim": standing is not None and standing.verdict == Verdict.GRANTED,
        "draw": draw_of(found.pool.pk) if found.pool and found.pool.mode == Mode.DRAW else None,
        "waits": claiming.waits(standing.claims) if standing else "",
        "mine": selectors.find_coupon_of(account, found) if account else None,
        "key": uuid4().hex,
        "shops": shops[:SHOPS],
        "has_more_shops": len(shops) > SHOPS,
        "map": map_of(shops[:SHOPS]),
        "conditions": claiming.conditions(found.pool) if found.pool else [],
    }
    return render(request, "benefits/benefit.html", context, status=status)


@never_cache
@require_POST
@login_required
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Claim one. The form carries a key: sent again, it gets the same answer (promise 20)."""
    found = selectors.access_benefit(number)
    if found.pool_id is None:
        return show(request, found, status=409)
    account = signed_in(request)
    key = request.POST.get("key", "")[:64] or None
    answered = allocation.claim(
        ask=Ask(found.pool_id, account.pk, key and f"page:{key}"), now=clock.now()
    )
    if answered.verdict.is_in:
        messages.success(request, claiming.words(answered.verdict))
        return redirect("benefits:benefit", number)
    messages.warning(request, claiming.words(answered.verdict))
    return show(request, selectors.access_benefit(number), status=409)


def map_of(shops: list[Shop]) -> dict[str, Any] | None:
    """The shops on the map; None where none has a point."""
    markers = [
        {
            "longitude": shop.longitude,
            "latitude": shop.latitude,
            "label": shop.name,
            "number": place,
            "url": f"#shop-{shop.number}",
        }
        for place, shop in enumerate(shops, start=1)
        if shop.longitude is not None
    ]
    if not markers:
        return None
    return {
        "id": "shops-map",
        "label": _("Map of the shops that take it"),
        "division": "",
        "markers": markers,
        "note": "",
    }
