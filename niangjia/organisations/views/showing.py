"""The page of one union."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.core.edge.kept import kept_while_true
from niangjia.organisations import selectors


@require_safe
@kept_while_true
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Who they are, where and when to reach them, and how to join."""
    shown = selectors.show_union(number, now=clock.now())
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
    return render(request, "organisations/union.html", context)
