"""Pages of programmes: a brand, and what one union does under it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.activities.selectors.finding import path_of
from niangjia.activities.selectors.programmes import show_brand, show_union_page
from niangjia.core import clock
from niangjia.members.doors import visitor_or_account


@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One brand: what it is, whatever is on under it, and what unions have gathered."""
    now, path = clock.now(), path_of(visitor_or_account(request))
    shown = show_brand(key, path=path, now=now, cursor=request.GET.get("cursor"))
    context = {"shown": shown, "page": shown.activities, "now": now}
    return render(request, "activities/portal/programme.html", context)


@require_safe
def union_programme(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """What one union does under a brand."""
    now, path = clock.now(), path_of(visitor_or_account(request))
    shown = show_union_page(key, number, path=path, now=now, cursor=request.GET.get("cursor"))
    context = {"shown": shown, "page": shown.activities, "now": now}
    return render(request, "activities/portal/programme.html", context)
