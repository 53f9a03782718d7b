"""Where to open the next stations: asked, waited for, called off, looked at, taken along."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals, sheets
from niangjia.core.charts import Chart, Point
from niangjia.core.files.serving import disposition
from niangjia.core.pagination import page_of
from niangjia.core.sheets import Value
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_asked_union
from niangjia.places import services
from niangjia.places.forms.siting import SitingForm
from niangjia.places.models import Siting, SitingState
from niangjia.places.rules.siting_words import Idea, Result, features, result_of
from niangjia.places.selectors import siting as selectors
from niangjia.places.selectors.coverage import list_stations
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.walks import Walked, credit_for, list_maps

#: The columns; data of the field and in Chinese, whatever language the page is in.
HEADINGS = (
    "次序",
    "纬度",
    "经度",
    "所在站点编码",
    "所在工会",
    "建议",
    "新增人数",
    "累计走得到",
    "累计百分比",
)
IDEAS = {
    Idea.OPEN: "开放筹备中的站点",
    Idea.HOURS: "延长开放时间",
    Idea.INSIDE: "在里面设站",
    Idea.OFFICE: "在工会驻地设站",
    Idea.NEW: "附近找地方",
}


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def sitings(request: OfficerRequest) -> HttpResponse:
    """What was asked so far, and a new question."""
    number = request.POST.get("union") or request.GET.get("union")
    union = access_asked_union(request.posts, KEEPS, number)
    form = SitingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            asked = services.ask_siting(
                by=access_acting_post(request.posts, KEEPS, union.path),
                union=union,
                now=clock.now(),
                **form.cleaned_data,
            )
            return redirect("places:desk_siting", asked.pk)
    found = selectors.list_sitings_within(request.posts)
    context = {
        "form": form,
        "union": union,
        "page": page_of(found, order=("-id",), cursor=request.GET.get("cursor")),
    }
    return render(request, "places/desk/sitings.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@officer_page(KEEPS)
def siting(request: OfficerRequest, siting_id: str) -> HttpResponse:
    """How far it is; once it is done, what was found."""
    found = selectors.access_siting_within(request.posts, siting_id)
    context: dict[str, Any] = {"siting": found, "division": found.union.division}
    if found.state == SitingState.DONE:
        result, walked = result_for(found), Walked(found.candidates, found.walked)
        context |= {
            "result": result,
            "walked": walked,
            "street_maps": list_maps(walked),
            "chart": chart(found, result),
            "before": {"id": "before-map", "map": map_of(found, None)},
            "after": {"id": "after-map", "map": map_of(found, result)},
            **squares(found),
        }
    return render(request, "places/desk/siting.html", context)


@require_POST
@never_cache
@officer_page(KEEPS)
def stop(request: OfficerRequest, siting_id: str) -> HttpResponse:
    """Call it off."""
    found = selectors.access_siting_within(request.posts, siting_id)
    by = access_acting_post(request.posts, KEEPS, found.union.path)
    if services.stop_siting(by=by, siting=found, now=clock.now()).state == SitingState.STOPPED:
        messages.success(request, _("It is called off."))
    return redirect("places:desk_siting", siting_id)


@require_GET
@officer_page(KEEPS)
def sheet(request: OfficerRequest, siting_id: str) -> StreamingHttpResponse:
    """The proposals as CSV. Points are WGS-84."""
    found = selectors.access_siting_within(request.posts, siting_id)
    return sheets.download(rows(result_for(found)), name=f"siting-{found.asked_at:%Y-%m-%d}.csv")


@require_GET
@officer_page(KEEPS)
def geojson(request: OfficerRequest, siting_id: str) -> JsonResponse:
    """The proposals as GeoJSON."""
    found = selectors.access_siting_within(request.posts, siting_id)
    answer = JsonResponse(
        {
            "type": "FeatureCollection",
            "features": features(result_for(found)),
            "attribution": credit_for(Walked(found.candidates, found.walked)),
        },
        content_type="application/geo+json",
    )
    answer["Content-Disposition"] = disposition(f"siting-{found.asked_at:%Y-%m-%d}.geojson")
    return answer


def result_for(found: Siting) -> Result:
    """What was found, with its proposals. One query."""
    return result_of(found, selectors.list_proposals(found))


def rows(result: Result) -> Iterator[Sequence[Value]]:
    """The headings, then a row for each proposal."""
    yield HEADINGS
    for each in result.proposals:
        site = each.proposal
        yield (
            *(site.rank, site.latitude, site.longitude),
            *(site.place.code if site.place else "", site.union.name if site.union else ""),
            IDEAS[each.idea],
            *(each.gained, each.reached, each.share),
        )


def chart(found: Siting, result: Result) -> Chart:
    """What each further station adds."""
    return Chart(
        id="siting-curve",
        kind="count",
        title=_("From %(before)s to %(after)s per cent, station by station")
        % {"before": result.share_before, "after": result.share_after},
        row_label=_("More stations"),
        value_label=_("Reached, per cent"),
        source=_("openings, members and zones of this node"),
        date=(found.measured_at or found.asked_at).astimezone(clock.CHINA).date(),
        points=[Point(str(number), share) for number, share in enumerate(result.curve)],
    )


def map_of(found: Siting, result: Result | None) -> dict[str, Any]:
    """Before: no markers; after: the proposals, numbered as in the table."""
    markers = [
        {
            "longitude": each.proposal.longitude,
            "latitude": each.proposal.latitude,
            "label": _("%(count)s people more") % {"count": each.gained},
        }
        for each in (result.proposals if result else ())
    ]
    name = found.union.division.name
    return {
        "id": "after-map" if result else "before-map",
        "label": (_("%(name)s afterwards") if result else _("%(name)s today")) % {"name": name},
        "division": "",
        "markers": markers,
    }


def squares(found: Siting) -> dict[str, Any]:
    """The cells as they are and as they would be."""
    stations = list_stations(found.union.division)
    return {
        "before_cells": {"cells": [cell[:5] for cell in found.cells], "stations": stations},
        "after_cells": {
            "cells": [[*cell[:4], cell[5]] for cell in found.cells],
            "stations": stations,
        },
    }
