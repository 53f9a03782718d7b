"""Finding a place: the nearest that is open now and has what one needs, as a list and on a map."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.places.forms import finding
from niangjia.places.models import Kind
from niangjia.places.rules import facilities, walking
from niangjia.places.selectors import nearest, places
from niangjia.places.selectors.places import Listed
from niangjia.places.views import result_list
from niangjia.regions import selectors as regions


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The nearest; for htmx only the results, from the same template. Whoever has not said where
    they are is asked, and sees nothing made up for them."""
    now = clock.now()
    begins_at = regions.begins_at(request.COOKIES, request.user)
    question = finding.read(request.GET, begins_at)
    listed, missed = found_for(question, now=now), ""
    if not listed and question.words:
        # 火车站 is the name of no station of ours, and of a place one may be at.
        around = finding.around_words(question, begins_at)
        if around is not None:
            missed, question = question.words, around
            listed = found_for(question, now=now)
    base = reverse("places:find")
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "question": question,
        "asked": question.criteria is not None,
        "missed": missed,
        "choices": [
            (each, f"{base}?{address(question, choice=each)}") for each in question.choices
        ],
        "listed": listed,
        "said": result_list.in_words(question),
        "is_fragment": is_fragment,
        "base": base,
        "rows": result_list.rows(listed, question, base),
        "chips": result_list.chips(chips(question, base)),
        "map": map_of(listed, question),
    }
    name = "places/portal/results.html" if is_fragment else "places/portal/find.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page of the list somebody saw last, as a phone keeps it: drawn for nobody, in the
    language asked for. What it shows, it finds on the phone alone."""
    return render(request, "places/portal/find_offline.html")


def found_for(question: finding.Question, *, now: dt.datetime) -> list[Listed]:
    """What answers the question; nothing while it is not asked whole."""
    if question.criteria is None:
        return []
    found = nearest.find_by_words(question.criteria, now=now)
    return places.list_found(found.items, now=now)


def chips(question: finding.Question, base: str) -> Iterator[result_list.Chip]:
    """What one may need, and the kinds that are looked for by name."""
    for each in facilities.NEEDED:
        url = f"{base}?{address(question, need=each.key)}"
        yield str(each.label), each.icon, url, each.key in question.needs
    for kind, icon in KIND_ICONS.items():
        url = f"{base}?{address(question, kind=kind.value)}"
        yield str(kind.label), icon, url, kind == question.kind


#: The fifteen-minute circle, drawn around whoever looks.
WALK_METRES = walking.reach_metres(15)
KIND_ICONS = {Kind.DRIVERS_HOME: "truck", Kind.PALACE: "landmark", Kind.STUDIO: "hammer"}


def address(
    question: finding.Question,
    *,
    need: str = "",
    kind: str = "",
    choice: finding.Choice | None = None,
) -> str:
    """The question with one need or kind set, or lifted if it was; or with one of the places that
    its address may mean chosen."""
    needs = [key for key in question.needs if key != need]
    if need and need not in question.needs:
        needs.append(need)
    chosen = question.kind if not kind else "" if kind == question.kind else kind
    parts = [("q", question.words), ("near", question.near), ("address", question.address)]
    if question.spot:
        parts.append(("spot", question.spot.key))
    if question.place and not question.address:
        parts.append(("division", question.place.code))
    if choice is not None:
        parts = [("q", question.words), ("division", choice.division)]
        if choice.spot:
            parts += [("address", question.address), ("spot", choice.spot)]
    parts += [("kind", chosen), *(("need", key) for key in needs)]
    parts.append(("open", "" if question.only_open else "all"))
    return urlencode([(name, value) for name, value in parts if value])


def map_of(listed: list[Listed], question: finding.Question) -> dict[str, Any]:
    """The same results as the list's, for the map; a marker leads to its card in the list."""
    markers: list[dict[str, Any]] = [
        {
            "longitude": each.near.longitude,
            "latitude": each.near.latitude,
            "label": result_list.marker_label(each.place, each),
            "number": number,
            "url": f"#place-{each.place.code}",
        }
        for number, each in enumerate(listed, start=1)
    ]
    if question.position and question.is_exact:
        here: dict[str, Any] = {
            "longitude": question.position.longitude,
            "latitude": question.position.latitude,
            "label": question.around or _("You are here"),
            "number": _("From here") if question.around else _("You"),
            "is_here": True,
        }
        markers.append({**here, "walk": {"metres": WALK_METRES, "label": _("15 minutes on foot")}})
    code = question.place.code if question.place else listed[0].place.division_id if listed else ""
    return {
        "id": "find-map",
        "label": _("Map of the places found"),
        "division": code,
        "markers": markers,
        "note": "",
    }
