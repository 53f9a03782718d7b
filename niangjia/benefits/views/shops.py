"""Shops near somebody: a list and a map of the same, also without a script or a position."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.benefits.selectors.shops import (
    NearShop,
    find_shops,
    list_usable,
    position_of,
    question_of,
)
from niangjia.benefits.views.shop_maps import shops_map
from niangjia.core import clock
from niangjia.members.doors import visitor_or_account
from niangjia.organisations.selectors.asked_places import AskedPlace, read_asked_place
from niangjia.regions import selectors as regions


@require_safe
def shops(request: HttpRequest) -> HttpResponse:
    """The nearest shops that take unions' coupons, with which of one's own each takes; for htmx the
    results alone, from the same template. Whoever has not said where they are is asked."""
    account = visitor_or_account(request)
    asked = read_asked_place(request.GET, regions.begins_at(request.COOKIES, request.user))
    usable = list_usable(account, now=clock.now()) if account else ()
    only_usable = request.GET.get("mine") == "on"
    question = question_of(asked)
    found: list[NearShop] = []
    if question is not None:
        found = find_shops(question.for_holder(usable, only=only_usable))
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "question": asked,
        "asked": question is not None,
        "is_somewhere": position_of(asked) is not None,
        "found": found,
        "usable": usable,
        "only_usable": only_usable,
        "is_fragment": is_fragment,
        "map": map_of(found, asked),
    }
    name = "benefits/shop_results.html" if is_fragment else "benefits/shops_near.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def map_of(found: list[NearShop], asked: AskedPlace) -> dict[str, Any]:
    """The shops that the list has, and whoever asks, if they said where they stand."""
    made = shops_map([each.shop for each in found], "find-map", _("Map of the shops found"))
    if asked.position is not None:
        here = {"longitude": asked.position.longitude, "latitude": asked.position.latitude}
        made["markers"].append(
            {**here, "label": _("You are here"), "number": _("You"), "is_here": True}
        )
    if asked.division is not None:
        made["division"] = asked.division.code
    elif found:
        made["division"] = found[0].shop.division_id
    return made
