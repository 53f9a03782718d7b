"""Streets for the maps of every page, a square at a time (ADR 173)."""

import gzip

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import re_accepts_gzip
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from niangjia.places.rules import street_lines
from niangjia.places.selectors import walks

#: Streets change when an extract is loaded anew; a day later every map has them.
KEPT_SECONDS = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
@conditional_page
@vary_on_headers("Accept-Encoding")
def street_tile(request: HttpRequest, col: int, line: int) -> HttpResponse:
    """The streets of the square of 0.05° in this column and line; empty where none are loaded. They
    were drawn and compressed when they were loaded. One query."""
    drawn = walks.drawn_square(col, line)
    if drawn is None:
        return JsonResponse(street_lines.NOTHING)
    if not re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(gzip.decompress(drawn), content_type="application/json")
    headers = {"Content-Encoding": "gzip", "Content-Length": str(len(drawn))}
    return HttpResponse(drawn, content_type="application/json", headers=headers)
