"""The inbox: what waits for an answer, most urgent first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock
from niangjia.core.edge.kept import kept_while_true
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.desk import BulkDecisionForm, InboxFilterForm
from niangjia.members.models import ApplicationKind
from niangjia.members.rules import Action, desks
from niangjia.members.selectors import inbox as selectors
from niangjia.members.selectors import inbox_page
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import find_union_within
from niangjia.members.views.desk import inbox_table


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the address without it."""

    label: str
    url: str


@require_GET
@kept_while_true
@officer_page(Action.BROWSE)
def inbox(request: OfficerRequest) -> HttpResponse:
    """What waits within reach; for a post without applications, where its own work is."""
    if not holding(request.posts, Action.DECIDE_APPLICATIONS):
        return redirect(desks.first_page([post.role for post in request.posts]))
    is_list = request.htmx and request.htmx.target == "inbox-list"
    template = "members/desk/inbox_list.html" if is_list else "members/desk/inbox.html"
    return render(request, template, list_context(request, BulkDecisionForm()))


@require_POST
@officer_page(Action.DECIDE_APPLICATIONS)
def decisions(request: OfficerRequest) -> HttpResponse:
    """One answer to many applications; what could not be answered is said item by item."""
    form = BulkDecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "members/desk/inbox.html", list_context(request, form), status=422)
    outcomes = services.decide_applications(
        by=request.user,
        numbers=form.cleaned_data["numbers"],
        verdict=form.cleaned_data["verdict"],
        reason=form.cleaned_data["reason"],
        now=clock.now(),
    )
    failed = [outcome for outcome in outcomes if outcome.problem is not None]
    return render(
        request,
        "members/desk/decisions.html",
        {"done": len(outcomes) - len(failed), "failed": failed, "form": form},
    )


def list_context(request: OfficerRequest, form: BulkDecisionForm) -> dict[str, Any]:
    """The rows, counts and chips that the address asks for."""
    now = clock.now()
    chosen = chosen_filter(request)
    cursor = request.GET.get("cursor")
    page, counts = inbox_page.show_page(request.posts, chosen=chosen, cursor=cursor, now=now)
    return {
        "page": page,
        "table": inbox_table.table(request, page.items, form, now),
        "counts": counts,
        "chips": chips(request, chosen),
        "chosen": chosen,
        "kinds": ApplicationKind.choices,
        "posts": holding(request.posts, Action.DECIDE_APPLICATIONS),
    }


def chosen_filter(request: OfficerRequest) -> selectors.InboxFilter:
    """The filters in the address; one that names nothing within reach is left out."""
    form = InboxFilterForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    number = data.get("union")
    return selectors.InboxFilter(
        union=(number and find_union_within(request.posts, Action.DECIDE_APPLICATIONS, number))
        or None,
        kind=ApplicationKind(data["kind"]) if data.get("kind") else None,
        late=bool(data.get("late")),
        escalated=bool(data.get("escalated")),
    )


def chips(request: OfficerRequest, chosen: selectors.InboxFilter) -> list[Chip]:
    """The filters that are on, each with the way to take it off."""
    labels = {
        "union": chosen.union and chosen.union.name,
        "kind": chosen.kind and chosen.kind.label,
        "late": chosen.late and _("Late only"),
        "escalated": chosen.escalated and _("Came up to us"),
    }
    return [
        Chip(label=str(label), url=address_without(request, name))
        for name, label in labels.items()
        if label
    ]


def address_without(request: OfficerRequest, name: str) -> str:
    """This list without the filter `name`, from its first page."""
    query = request.GET.copy()
    for gone in (name, "cursor"):
        query.pop(gone, None)
    return f"?{query.urlencode()}"
