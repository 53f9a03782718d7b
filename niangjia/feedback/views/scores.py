"""The public score of a union and of one of its services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.core.edge.kept import kept_while_true
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors
from niangjia.feedback.views.charts import charts, in_language
from niangjia.organisations import selectors as organisations

ANSWERS_SHOWN = 10


@require_safe
@kept_while_true
def scores(request: HttpRequest, number: str, item_key: str | None = None) -> HttpResponse:
    """How a union and everything below it is rated; with an item, that service alone. Open to
    everybody. An item nobody rated there is a page without a score, like one that does not exist:
    nothing can be learned by asking."""
    union = organisations.access_union_by_number(number)
    found = selectors.read_scores(union, item_key=item_key)
    answers = page_of(
        selectors.list_answers(union, item_key=item_key),
        order=("-published_at", "-id"),
        cursor=request.GET.get("cursor"),
        size=ANSWERS_SHOWN,
    )
    context = {
        "union": union,
        "scores": found,
        "item": in_language(found.item_name) if found.item_name else "",
        "items": [(in_language(row.name), row) for row in found.items],
        "charts": charts(found, clock.now()),
        "page": answers,
    }
    return render(request, "feedback/scores.html", context)
