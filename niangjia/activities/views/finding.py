"""Finding activities: by words, place, time and kind; as a list and on a map."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.activities.forms import finding
from niangjia.activities.models import Activity, Kind
from niangjia.activities.rules import programmes
from niangjia.activities.selectors import find_activities
from niangjia.activities.selectors.finding import path_of
from niangjia.core import clock
from niangjia.core.pagination import Page
from niangjia.members.doors import visitor_or_account
from niangjia.regions import selectors as regions
from niangjia.regions.rules.codes import COUNTRY_CODE


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What is on; for htmx only the results, from the same template. Where nothing is on near by,
    what is on in the whole country."""
    now = clock.now()
    question = finding.read(request.GET, regions.begins_at(request.COOKIES, request.user))
    criteria = question.criteria(now)
    path = path_of(visitor_or_account(request))
    cursor = request.GET.get("cursor")
    page = find_activities(criteria, path=path, now=now, cursor=cursor)
    widened = None
    if not page.items and not cursor and question.is_default:
        widened = question.division
        page = find_activities(replace(criteria, division=None), path=path, now=now)
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "activities/portal/results.html" if is_fragment else "activities/portal/find.html"
    context = {
        "question": question,
        "page": page,
        "widened": widened,
        "country": COUNTRY_CODE,
        "asks_country": request.GET.get("division") == COUNTRY_CODE,
        "kinds": Kind.choices,
        "whens": finding.WHEN.items(),
        "programmes": programmes.PROGRAMMES,
        "map": map_of(page, question),
        "is_fragment": is_fragment,
        "now": now,
    }
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def map_of(page: Page[Activity], question: finding.Question) -> dict[str, Any]:
    """The same results as the list's, for the map; a marker leads to its card in the list."""
    markers: list[dict[str, Any]] = [
        {
            "longitude": activity.longitude,
            "latitude": activity.latitude,
            "label": activity.name,
            "number": place,
            "url": f"#activity-{activity.number}",
        }
        for place, activity in enumerate(page.items, start=1)
        if activity.longitude is not None
    ]
    if question.position:
        here = {"longitude": question.position.longitude, "latitude": question.position.latitude}
        markers.append({**here, "label": _("You are here"), "number": _("You"), "is_here": True})
    return {
        "id": "find-map",
        "label": _("Map of what is on"),
        "division": question.division.code if question.division else "",
        "markers": markers,
        "note": "",
    }
