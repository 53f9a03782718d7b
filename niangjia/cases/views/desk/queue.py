"""The queue: open cases within reach, the most urgent first."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.cases import selectors
from niangjia.cases.forms.queue import QueueForm
from niangjia.cases.models import Case, State
from niangjia.cases.rules.content import Item
from niangjia.cases.selectors import document_of, surroundings
from niangjia.cases.selectors.items import items_within
from niangjia.core import clock, protection
from niangjia.core.pagination import Tab, page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.urgency import Urgency
from niangjia.members.selectors.inbox import urgencies
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.ties import tied_employers
from niangjia.members.selectors.unions_within_reach import find_named_union_within
from niangjia.organisations.models import Union

HANDLES = Action.HANDLE_CASES
#: What the tabs are called.
TABS: dict[str, str | Promise] = {
    "": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "nobody": gettext_lazy("Nobody's yet"),
    "late": gettext_lazy("Late"),
    "raised": gettext_lazy("Came up to us"),
    "urgent": gettext_lazy("Urgent"),
}


@dataclass(frozen=True)
class Row:
    """One case of the list."""

    case: Case
    item: Item
    step: str
    urgency: Urgency | None
    assigned: str


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the address without it."""

    label: str
    url: str


@require_GET
@never_cache
@officer_page(HANDLES)
def queue(request: OfficerRequest) -> HttpResponse:
    """The tab and the filters that stand in the address; what names nothing is left out."""
    now = clock.now()
    items = {key: each.name for key, each in items_within(request.posts).items()}
    form = QueueForm(items, request.GET)
    form.is_valid()
    item, words = form.cleaned_data.get("item", ""), form.cleaned_data.get("union", "")
    union = find_named_union_within(request.posts, HANDLES, words) if words else None
    current = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else ""
    tied = tied_employers(request.user.pk)
    with protection.viewing(account=request.user.pk):
        near = selectors.nearby(request.posts)
        found = {
            key: selectors.list_queue(
                request.posts,
                account=request.user,
                chosen=replace(narrowed, item=item, union=union),
                now=now,
                tied=tied,
                near=near,
            )
            for key, narrowed in selectors.TABS.items()
        }
        page = page_of(
            found[current], order=selectors.QUEUE_ORDER, cursor=request.GET.get("cursor")
        )
        counts = selectors.count_queues(found)
    return render(
        request,
        "cases/desk/queue.html",
        {
            "page": page,
            "may_decide": bool(holding(request.posts, Action.DECIDE_CASES)),
            "rows": rows(page.items, now),
            "tabs": [Tab(key, label, counts[key], key == current) for key, label in TABS.items()],
            "current": current,
            "chips": chips(request, items, item, union),
            "form": form,
            "unknown_union": words if words and union is None else "",
        },
    )


def rows(cases: Sequence[Case], now: dt.datetime) -> list[Row]:
    """A line for each, with its officer and how urgent it is. Two queries for all."""
    names = surroundings.names_of_officers(
        {case.assigned_to_id for case in cases if case.assigned_to_id}
    )
    due = urgencies([(case.next_due_at, case.handler.division_id) for case in cases], now)
    return [row(case, names, urgent) for case, urgent in zip(cases, due, strict=True)]


def row(case: Case, names: Mapping[uuid.UUID, str], urgent: Urgency) -> Row:
    """One line; a paused case is not urgent."""
    item = document_of(case.snapshot_id)
    step = item.step(case.step)
    return Row(
        case=case,
        item=item,
        step=str(step.name) if step else "",
        urgency=urgent if case.state == State.OPEN else None,
        assigned=names.get(case.assigned_to_id, "") if case.assigned_to_id else "",
    )


def chips(
    request: OfficerRequest, items: Mapping[str, str], item: str, union: Union | None
) -> list[Chip]:
    """The filters that are on, each with the way to take it off."""
    labels = {"item": items.get(item, ""), "union": union.name if union else ""}
    return [Chip(label, address_without(request, name)) for name, label in labels.items() if label]


def address_without(request: OfficerRequest, name: str) -> str:
    """This list without the filter `name`, from its first page."""
    query = request.GET.copy()
    for gone in (name, "cursor"):
        query.pop(gone, None)
    return f"?{query.urlencode()}"
