"""The public score of a union and of one of its services."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.core.edge.kept import kept_while_true
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors
from niangjia.feedback.views.charts import charts, in_language
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Union

ANSWERS_SHOWN = 10

#: The page of a union's scores, or of one service there.
Address = Callable[[Union, str | None], str]


@require_safe
@kept_while_true
def scores(request: HttpRequest, number: str, item_key: str | None = None) -> HttpResponse:
    """How a union and everything below it is rated; with an item, that service alone. Open to
    everybody. An item nobody rated there is a page without a score, like one that does not exist:
    nothing can be learned by asking."""
    union = organisations.access_union_by_number(number)
    return render(request, "feedback/scores.html", shown(request, union, item_key, public))


def public(union: Union, item_key: str | None) -> str:
    """Where everybody finds it."""
    if item_key:
        return reverse("feedback:item_scores", args=[union.number, item_key])
    return reverse("feedback:scores", args=[union.number])


def shown(
    request: HttpRequest, union: Union, item_key: str | None, address: Address
) -> dict[str, Any]:
    """What the page shows, to everybody and at the desk alike, with links to `address`."""
    found = selectors.read_scores(union, item_key=item_key, now=clock.now())
    answers = page_of(
        selectors.list_answers(union, item_key=item_key),
        order=("-published_at", "-id"),
        cursor=request.GET.get("cursor"),
        size=ANSWERS_SHOWN,
    )
    items = [(in_language(row.name), row, address(union, row.key)) for row in found.items]
    return {
        "union": union,
        "scores": found,
        "item": in_language(found.item_name) if found.item_name else "",
        "whole_url": address(union, None),
        "items": items,
        "below": [(row, address(row.union, item_key)) for row in found.below],
        "charts": charts(found, items, clock.now()),
        "page": answers,
    }
