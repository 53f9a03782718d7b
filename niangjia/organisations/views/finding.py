"""Finding a union: by words, by place, nearest first; as a list and on a map."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.core.errors import NotFound
from niangjia.organisations import selectors
from niangjia.organisations.forms import finding
from niangjia.organisations.models import Kind, WorkerKind
from niangjia.organisations.views import result_list
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division, Level
from niangjia.regions.rules.codes import COUNTRY_CODE, is_pseudo

#: Where the picker leads when a place is chosen.
PICKERS = {"find": "organisations:find", "guide": "organisations:guide"}
#: Every field, so that the template need not look for those without one.
NO_ERRORS = dict.fromkeys(("q", "address", "near", "division"), "")
#: What the picker hands on of the address it was opened from.
KEPT = ("q", "kind", "admits", "work", "employer")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The find page; for htmx only the results, from the same template."""
    cursor = request.GET.get("cursor")
    question = finding.read(request.GET, regions.begins_at(request.COOKIES, request.user))
    page = selectors.find_unions(question.criteria, cursor=cursor)
    widened = None
    if not page.items and not cursor and question.is_default and question.is_narrow:
        # A place chosen long ago must not hide what there is.
        widened, question = question.division, question.everywhere()
        page = selectors.find_unions(question.criteria)
    base = reverse("organisations:find")
    context: dict[str, Any] = {
        "question": question,
        "widened": widened,
        "country": COUNTRY_CODE,
        "asks_country": request.GET.get("division") == COUNTRY_CODE,
        "page": page,
        "rows": result_list.rows(page.items, base),
        "base": base,
        "errors": {**NO_ERRORS, **question.errors},
        "links": links(request.GET, page, question),
        "chips": [
            result_list.chips(request.GET, base, "admits", question.admits, WorkerKind),
            result_list.chips(request.GET, base, "kind", question.kind, Kind),
        ],
        "map": map_of(page, question),
    }
    if not page.items:
        context["covering"] = selectors.covering(widened or nearest_place(question))
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "organisations/results.html" if is_fragment else "organisations/find.html"
    response = render(request, name, {**context, "is_fragment": is_fragment})
    patch_vary_headers(response, ["HX-Request"])
    return response


def links(
    asked: QueryDict, page: selectors.FoundPage, question: finding.Question
) -> dict[str, str]:
    """Where the page leads with the same question, but for one part of it."""
    found = {"places": result_list.address(asked, "near", "address", "division")}
    if question.division:
        found["country"] = result_list.address(asked, division=COUNTRY_CODE)
    if question.position:
        found["forget"] = result_list.address(asked, "near")
    if page.next:
        found["next"] = result_list.address(asked, cursor=page.next)
    return found


def map_of(page: selectors.FoundPage, question: finding.Question) -> dict[str, Any]:
    """The same results as the list's, for the map; a marker leads to its card in the list."""
    markers: list[dict[str, Any]] = [
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
    if question.position:
        place = question.understood.name if question.understood else _("You are here")
        here = {"longitude": question.position.longitude, "latitude": question.position.latitude}
        markers.append({**here, "label": place, "number": _("You"), "is_here": True})
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
