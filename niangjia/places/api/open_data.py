"""/open-data/places: everything that is on the map, for whoever keeps a copy. Public.

Begin without `changed_since` and follow `next`; later ask for what has changed since the newest
`changed_at` seen. The same row may come twice; none is left out.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from ninja import Query, Router
from ninja.decorators import decorate_view

from niangjia.core import clock, sheets
from niangjia.core.errors import Invalid
from niangjia.core.pagination import Page, page_of
from niangjia.places.models import Place
from niangjia.places.rules import open_data
from niangjia.places.schemas.open_data import OpenPlaceList, PlaceFeatures, PlaceServices
from niangjia.places.selectors.open_data import licence, list_changed
from niangjia.regions import selectors as regions

router = Router(tags=["places"], auth=None)
ORDER = ("changed_at", "id")
MAX_SIZE = 500
#: What the OpenAPI document says of the CSV.
AS_CSV = {
    "description": "CSV (RFC 4180) in UTF-8, points in WGS-84",
    "content": {"text/csv": {"schema": {"type": "string"}}},
    "headers": {
        "Link": {
            "description": "The following page, and the licence",
            "schema": {"type": "string"},
        },
    },
}
GEOJSON = "application/geo+json"
Size = Annotated[int, Query(ge=1, le=MAX_SIZE)]


def for_anybody(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the feed with an ETag, 304 for whoever has it already (RFC 9110), and readable from
    the pages of other sites: it is the same for everybody, signed in or not."""
    conditional = conditional_page(run)

    @wraps(run)
    def answered(request: HttpRequest, **asked: Any) -> HttpResponse:
        answer = conditional(request, **asked)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Link"
        return answer

    return answered


def license_link() -> str:
    """The licence as a link of RFC 8288 with the relation of RFC 4946."""
    return f'<{licence().url}>; rel="license"'


def page(since: dt.datetime | None, division: str, cursor: str | None, size: int) -> Page[Place]:
    """One page of what has changed. Raises `Invalid` on "division" and "changed_since"."""
    within = regions.find_division(division) if division else None
    if division and within is None:
        problem = _("There is no such division. Choose the place from the list.")
        raise Invalid(problem, fields={"division": problem})
    if since is not None and since.tzinfo is None:
        problem = _("Say the time zone too, as in 2026-11-23T08:00:00+08:00.")
        raise Invalid(problem, fields={"changed_since": problem})
    return page_of(list_changed(since, within), order=ORDER, cursor=cursor, size=size)


@router.get("", response=OpenPlaceList, summary="All places, in the order in which they changed")
@decorate_view(for_anybody)
def list_open_places(
    request: HttpRequest,
    response: HttpResponse,
    changed_since: dt.datetime | None = None,
    division: str = "",
    cursor: str | None = None,
    size: Size = 100,
) -> dict[str, Any]:
    """What is closed for good is among them, so that copies take it off."""
    found = page(changed_since, division, cursor, size)
    response["Link"] = license_link()
    return {"items": list(map(open_data.record, found.items)), "next": found.next}


@router.get(
    "/geojson",
    response=PlaceFeatures,
    summary="The same as GeoJSON",
    openapi_extra={"x-media-type": GEOJSON},
)
@decorate_view(for_anybody)
def list_place_features(
    request: HttpRequest,
    response: HttpResponse,
    changed_since: dt.datetime | None = None,
    division: str = "",
    cursor: str | None = None,
    size: Size = 100,
) -> dict[str, Any]:
    """A feature collection for each page (RFC 7946), WGS-84, longitude first."""
    found = page(changed_since, division, cursor, size)
    features = list(map(open_data.feature, found.items))
    response["Content-Type"] = GEOJSON
    response["Link"] = license_link()
    return {"type": "FeatureCollection", "features": features, "next": found.next}


@router.get(
    "/csv",
    response={200: None},
    summary="The same as CSV",
    openapi_extra={"responses": {200: AS_CSV}},
)
@decorate_view(for_anybody)
def list_places_as_csv(
    request: HttpRequest,
    changed_since: dt.datetime | None = None,
    division: str = "",
    cursor: str | None = None,
    size: Size = 100,
) -> HttpResponse:
    """One page, with its headings. The address of the following page stands in the header `Link`
    (RFC 8288); without one, that was all. A text that a spreadsheet would compute has an apostrophe
    in front."""
    found = page(changed_since, division, cursor, size)
    answer = sheets.whole(open_data.table(found.items), name=f"places-{clock.today()}.csv")
    answer["Link"] = license_link()
    if found.next:
        query = request.GET.copy()
        query["cursor"] = found.next
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        answer["Link"] = f'<{address}>; rel="next", {license_link()}'
    return answer


@router.get("/hsds", response=PlaceServices, summary="The same as services of HSDS 3")
@decorate_view(for_anybody)
def list_place_services(
    request: HttpRequest,
    response: HttpResponse,
    changed_since: dt.datetime | None = None,
    division: str = "",
    cursor: str | None = None,
    size: Size = 100,
) -> dict[str, Any]:
    """Open Referral's Human Services Data Specification, version 3."""
    found = page(changed_since, division, cursor, size)
    base = request.build_absolute_uri("/").rstrip("/")
    today = clock.today()
    response["Link"] = license_link()
    services = [open_data.service(place, base_url=base, today=today) for place in found.items]
    return {"items": services, "next": found.next}
