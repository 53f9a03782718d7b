"""Finding a union: by words, by place, nearest first; as a list and on a map."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.core.errors import NotFound
from niangjia.organisations import selectors
from niangjia.organisations.forms import finding
from niangjia.organisations.models import Kind, WorkerKind
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division, Level
from niangjia.regions.rules.codes import COUNTRY_CODE, is_pseudo

Text = str | Promise

#: Where the picker leads when a place is chosen.
PICKERS = {"find": "organisations:find", "guide": "organisations:guide"}
#: What the picker hands on of the address it was opened from.
KEPT = ("q", "kind", "admits", "work", "employer")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The find page; for htmx only the results, from the same template."""
    question = finding.read(request.GET)
    page = selectors.find_unions(question.criteria, cursor=request.GET.get("cursor"))
    context: dict[str, Any] = {
        "question": question,
        "page": page,
        "rows": [row_of(union) for union in page.items],
        "base": reverse("organisations:find"),
        "chips": [
            chips(request, "admits", question.admits, WorkerKind.choices),
            chips(request, "kind", question.kind, Kind.choices),
        ],
        "map": map_of(page, question),
    }
    if not page.items:
        context["covering"] = selectors.covering(nearest_place(question))
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "organisations/results.html" if is_fragment else "organisations/find.html"
    response = render(request, name, {**context, "is_fragment": is_fragment})
    patch_vary_headers(response, ["HX-Request"])
    return response


class Row(NamedTuple):
    """A result in the words the list shows. Put together here, not in the template: a page has
    twenty of them, and a template takes ten times as long."""

    number: str
    name: str
    detail: str
    admits: str
    distance: str


def row_of(union: selectors.FoundUnion) -> Row:
    """The words for one result."""
    detail = f"{union.kind_label} · {union.place}"
    if union.is_demo:
        detail += " · " + _("made up")
    admits = f"{_('Admits directly:')} {union.admits_text}" if union.admits_directly else ""
    return Row(union.number, union.name, detail, admits, distance_of(union))


def distance_of(union: selectors.FoundUnion) -> str:
    """How far it is: a walk if one can walk it, kilometres if not."""
    if union.distance_metres is None:
        return ""
    if minutes := union.walking_minutes:
        return _("%(minutes)s min on foot") % {"minutes": minutes}
    distance = _("%(kilometres)s km") % {"kilometres": union.distance_kilometres}
    return f"{_('about')} {distance}" if union.is_approximate else distance


class Chip(NamedTuple):
    """A filter to press, or to lift when it is on."""

    label: Text
    query: str
    is_on: bool


def chips(
    request: HttpRequest, name: str, chosen: str, choices: Sequence[tuple[str, Text]]
) -> list[Chip]:
    """A chip for each value of the filter `name`; all else in the address stays as it is."""
    kept = request.GET.copy()
    for dropped in (name, "cursor"):
        kept.pop(dropped, None)
    rest = kept.urlencode()
    return [
        Chip(label, rest if value == chosen else f"{rest}&{name}={value}", value == chosen)
        for value, label in choices
    ]


def map_of(page: selectors.FoundPage, question: finding.Question) -> dict[str, Any]:
    """The same results as the list's, for the map; a marker leads to its card in the list."""
    markers = [
        {
            "longitude": union.longitude,
            "latitude": union.latitude,
            "label": union.name,
            "number": place,
            "url": f"#union-{union.number}",
        }
        for place, union in enumerate(page.items, start=1)
        if union.longitude is not None
    ]
    return {
        "id": "find-map",
        "label": _("Map of the unions found"),
        "division": question.place.code if question.place else "",
        "markers": markers,
        "note": "",
    }


def nearest_place(question: finding.Question) -> Division | None:
    """Where somebody who found nothing is: the place they named, or the county around them."""
    if question.place or not question.position:
        return question.place
    near = question.position
    found = regions.list_nearest(near.longitude, near.latitude)
    return found[0] if found else None


@require_safe
def places(request: HttpRequest, code: str = COUNTRY_CODE) -> HttpResponse:
    """Choose a place step by step, from the province down; works without any script."""
    division = regions.find_division(code)
    if division is None:
        raise NotFound(_("There is no such division."))
    children = list(regions.list_children(code))
    # 市辖区 is a rung of the table, not a place: what lies below it is shown in its stead.
    pseudo = [child for child in children if is_pseudo(child.name)]
    for rung in pseudo:
        children += regions.list_children(rung.code)
    target = request.GET.get("for", "find")
    target = target if target in PICKERS else "find"
    kept = request.GET.copy()
    for name in set(kept) - {*KEPT, "for"}:
        del kept[name]
    chosen = kept.copy()
    chosen.pop("for", None)
    above = [step for step in regions.chain_above(division) if not is_pseudo(step.name)]
    return render(
        request,
        "organisations/places.html",
        {
            "division": division,
            "is_country": division.level == Level.COUNTRY,
            "chain": above,
            "children": [child for child in children if not is_pseudo(child.name)],
            "township": Level.TOWNSHIP,
            "kept": f"?{kept.urlencode()}" if kept else "",
            "chosen": chosen.urlencode(),
            "target": reverse(PICKERS[target]),
        },
    )
