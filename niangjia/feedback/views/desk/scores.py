"""The scores of the unions within reach, as everybody sees them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from niangjia.feedback.views.scores import public, shown
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union


@require_GET
@officer_page(Action.RECTIFY)
def scores(request: OfficerRequest, number: str = "") -> HttpResponse:
    """How a union within reach and everything below it is rated, `?item=` for one service; without
    a number, the highest union this officer works for. The figures are the published ones: an
    officer is not to guess who rated either."""
    if number:
        union = access_union_within(request.posts, Action.RECTIFY, number)
    else:
        union = holding(request.posts, Action.RECTIFY)[0].union
    item_key = request.GET.get("item") or None
    context = shown(request, union, item_key, at_the_desk)
    context["public_url"] = public(union, item_key)
    return render(request, "feedback/desk/scores.html", context)


def at_the_desk(union: Union, item_key: str | None) -> str:
    """Where officers find it."""
    query = f"?{urlencode({'item': item_key})}" if item_key else ""
    return reverse("feedback:desk_scores_of", args=[union.number]) + query
