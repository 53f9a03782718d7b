"""The page of one union."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.core.edge.kept import kept_this_minute, kept_while_true
from niangjia.organisations import selectors


@require_safe
@kept_while_true
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Who they are, where and when to reach them, and how to join."""
    now = clock.now()
    facts = selectors.read_union_facts(number, today=now.astimezone(clock.CHINA).date())
    name, main = drawn(facts, now)
    return render(request, "organisations/union.html", {"name": name, "main": main})


@kept_this_minute
def drawn(facts: str, now: dt.datetime) -> tuple[str, SafeString]:
    """The union's name and all of the page that is about it. It is the same for everybody."""
    shown = selectors.page_of(facts, now=now)
    union = shown.union
    context = {"shown": shown, "union": union}
    if union.longitude is not None and union.latitude is not None:
        marker = {
            "longitude": union.longitude,
            "latitude": union.latitude,
            "label": union.name,
            "number": "●",
        }
        context["map"] = {
            "id": "union-map",
            "label": union.name,
            "division": union.division_id,
            "markers": [marker],
            "note": "",
        }
    return union.name, render_to_string("organisations/union_main.html", context)
