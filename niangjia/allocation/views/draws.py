"""Draws for everybody: before, after, the files, and where one's own line stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.allocation import selectors
from niangjia.allocation.forms.draws import LineForm
from niangjia.allocation.models import Draw, DrawState
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import visitor_or_account


@never_cache
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """How lots are drawn, in pictures, and every draw there has been."""
    page = page_of(selectors.list_draws(), order=selectors.NEWEST, cursor=request.GET.get("cursor"))
    return render(request, "allocation/draws.html", {"page": page})


@never_cache
@require_http_methods(["GET"])
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """One draw. Three queries for a visitor, four for whoever is signed in."""
    return show(request, selectors.access_draw(number), LineForm())


@never_cache
@require_POST
def line(request: HttpRequest, number: str) -> HttpResponse:
    """Where a line stands. Sent in the body, so that no code enters a log or a history."""
    found = selectors.access_draw(number)
    form = LineForm(request.POST)
    asked: dict[str, Any] = {}
    if form.is_valid():
        asked = {"asked": True, "line": selectors.find_line(found, form.cleaned_data["code"])}
    return show(request, found, form, **asked)


def show(request: HttpRequest, found: Draw, form: LineForm, **asked: Any) -> HttpResponse:
    """The page of a draw."""
    account = visitor_or_account(request)
    now = clock.now()
    context = {
        "draw": found,
        "source": selectors.source_of(found),
        "own": selectors.list_own_lines(account, found) if account and found.sealed_at else [],
        "earlier": selectors.list_earlier(found),
        "is_overdue": found.state == DrawState.SEALED and now >= found.known_at,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "allocation/draw.html", context | asked, status=status)


@require_GET
@cache_control(public=True, max_age=3600)
def draw_file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A published file, the same bytes for ever. One query."""
    text = selectors.access_draw_file(number, name)
    kind = "application/json" if name.endswith(".json") else "text/plain"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8", headers=headers)
