"""Choosing the place that pages begin from, step by step or by words; no account, no script."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from niangjia.core.errors import NotFound
from niangjia.organisations.rules.positions import BadPosition, parse_position
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division
from niangjia.regions.rules import codes, places
from niangjia.web.views.choices import is_ours, keep

LONGEST = 60
NEAREST = 4


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, code: str = places.EVERYWHERE) -> HttpResponse:
    """Choose; a choice leads back to where the switcher was pressed.

    Like the switches of display it needs no token: all a stranger could do with it is change what
    comes first. Raises `NotFound` for what is no place.
    """
    if request.method == "POST":
        return choose(request)
    division = access_place(code)
    back = came_from(request)
    words = request.GET.get("words", "").strip()[:LONGEST]
    context: dict[str, Any] = {
        "division": division,
        "is_country": division.code == places.EVERYWHERE,
        "everywhere": places.EVERYWHERE,
        "chain": [
            step for step in regions.chain_above(division)[1:] if not codes.is_pseudo(step.name)
        ],
        "children": regions.list_places_below(division),
        "deepest": places.DEEPEST,
        "words": words,
        "back": back,
        "kept": f"?{urlencode({'next': back})}" if back else "",
        "found": named(regions.list_places(words)) if words else None,
        "near": named(around(request.GET.get("near", ""))),
        "is_near": "near" in request.GET,
    }
    return render(request, "web/place.html", context)


def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice, and go back."""
    code = request.POST.get("code", "")
    if places.chosen_code({places.COOKIE: code}) != code:
        code = ""
    access_place(code)
    back = request.POST.get("next", "")
    response = redirect(back if is_ours(request, back) else "web:home")
    keep(response, request, places.COOKIE, code)
    return response


def access_place(code: str) -> Division:
    """The division if one can choose it, or the country. Raises `NotFound`."""
    division = regions.access_division(code)
    if division.level > places.DEEPEST or codes.is_pseudo(division.name):
        raise NotFound(_("There is no such division."))
    return division


def came_from(request: HttpRequest) -> str:
    """The page of ours to go back to, as a path: what the steps hand on, else where one was."""
    given = request.GET.get("next") or request.headers.get("Referer", "")
    if not is_ours(request, given):
        return ""
    parts = urlsplit(given)
    path = parts.path if parts.path.startswith("/") else ""
    if path.startswith(reverse("web:place")):
        return ""
    return f"{path}?{parts.query}" if parts.query else path


def around(near: str) -> list[Division]:
    """The counties around a phone's position "latitude,longitude"; nothing for nonsense."""
    try:
        at = parse_position(near)
    except BadPosition:
        return []
    return regions.list_nearest(at.longitude, at.latitude, count=NEAREST)


def named(divisions: list[Division]) -> list[tuple[str, str]]:
    """Codes with full names: many places share a short one."""
    return list(regions.full_names(divisions).items()) if divisions else []
