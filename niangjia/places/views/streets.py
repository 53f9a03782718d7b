"""Streets for the maps of every page, a square at a time (ADR 173)."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from niangjia.places.selectors import walks

#: Streets change when an extract is loaded anew; a day later every map has them.
KEPT_SECONDS = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
def street_tile(request: HttpRequest, col: int, line: int) -> JsonResponse:
    """The streets of the square of 0.05° in this column and line; empty where none are loaded."""
    return JsonResponse(asdict(walks.show_lines(col, line)))
