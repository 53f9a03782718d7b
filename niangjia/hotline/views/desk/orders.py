"""Work orders at the desk: the lists, one order, and what is done with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.cases.selectors import document_of
from niangjia.core import clock, protection, refusals
from niangjia.core.pagination import page_of, tabs_of
from niangjia.feedback.models import Invitation
from niangjia.feedback.rules.subjects import Contact
from niangjia.feedback.selectors import find_latest_invitation
from niangjia.hotline import selectors
from niangjia.hotline.forms.orders import (
    CheckForm,
    DispatchForm,
    GradeForm,
    OrderCallForm,
    ReturnForm,
    UrgentForm,
)
from niangjia.hotline.models import State, WorkOrder
from niangjia.hotline.rules import aftercare, order_story
from niangjia.hotline.selectors.order_lists import COUNT_LIMIT, lists_of_orders
from niangjia.hotline.services import order_reading
from niangjia.hotline.services.contacts import SUBJECT
from niangjia.hotline.views.desk.picking import picker
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.urgency import Urgency
from niangjia.members.selectors.inbox import urgencies
from niangjia.members.selectors.posts import access_acting_post, find_acting_post, holding

ANSWERS = Action.ANSWER_HOTLINE
TABS: Mapping[str, str | Promise] = {
    "": gettext_lazy("At work"),
    "urgent": gettext_lazy("Somebody is being fetched"),
    "dispatch": gettext_lazy("To give on"),
    "unions": gettext_lazy("With the unions"),
    "call": gettext_lazy("To call back"),
    "rectify": gettext_lazy("Being put right"),
    "check": gettext_lazy("To check"),
    "closed": gettext_lazy("Closed"),
}


@require_GET
@never_cache
@officer_page(ANSWERS)
def orders(request: OfficerRequest) -> HttpResponse:
    """The list that stands in the address, and how much there is in each."""
    now = clock.now()
    current = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else ""
    with protection.viewing(account=request.user.pk):
        lists = lists_of_orders(request.posts, account=request.user)
        page = page_of(
            lists[current], order=selectors.orders.NEWEST, cursor=request.GET.get("cursor")
        )
        tabs = tabs_of(lists, labels=TABS, current=current, limit=COUNT_LIMIT)
    return render(
        request,
        "hotline/desk/orders.html",
        {
            "tabs": tabs,
            "current": current,
            "may_run": bool(holding(request.posts, Action.DECIDE_CASES)),
            "page": page,
            "rows": [
                (each, urgency, aftercare.standing(each).label)
                for each, urgency in zip(page.items, due_of(page.items, now), strict=True)
            ],
        },
    )


def due_of(orders: Sequence[WorkOrder], now: Any) -> list[Urgency | None]:
    """How urgent the case of each is; None where nothing runs. One query for all."""
    running = [o for o in orders if o.case is not None and o.case.state == "open"]
    due = urgencies([(o.case.next_due_at, o.case.handler.division_id) for o in running], now)  # type: ignore[union-attr]
    by_order = dict(zip([o.pk for o in running], due, strict=True))
    return [by_order.get(order.pk) for order in orders]


@require_GET
@never_cache
@officer_page(ANSWERS)
def order(request: OfficerRequest, number: str) -> HttpResponse:
    """One order."""
    return show(request, number)


def find_order(request: OfficerRequest, number: str) -> WorkOrder:
    """An order of a line that is theirs to run. Raises `NotFound`."""
    with protection.viewing(account=request.user.pk):
        return selectors.access_order(request.posts, number, account=request.user)


def post_for(request: OfficerRequest, found: WorkOrder) -> Post:
    """The post to act by: the nearest that reaches the line. Raises `NotFound`."""
    return access_acting_post(request.posts, ANSWERS, found.line.union.path)


def was_written(request: OfficerRequest, found: WorkOrder) -> bool:
    """Whether whoever is called back wrote to us: they met nobody, and are asked about pages."""
    with protection.viewing(account=request.user.pk):
        return selectors.was_written(found)


def act(
    request: OfficerRequest,
    found: WorkOrder,
    form: Form,
    service: Callable[[Post, dict[str, Any]], Any],
    name: str,
    said: str | Promise = "",
) -> HttpResponse:
    """Do it and come back; or say beside the field what is wrong, with all that was typed."""
    post = post_for(request, found)
    return refusals.act(
        request,
        form,
        lambda data: service(post, data),
        said=said,
        to=reverse("hotline:order", args=[found.number]),
        again=lambda: show(request, found.number, status=422, forms={name: form}),
    )


def show(
    request: OfficerRequest,
    number: str,
    *,
    status: int = 200,
    forms: Mapping[str, Form] | None = None,
    contact: Contact | None = None,
) -> HttpResponse:
    """The page of an order; opening it is recorded."""
    reading = order_reading.read_order(by=request.user, posts=request.posts, number=number)
    context = {**facts(request, reading), **may_do(request, reading), "contact": contact}
    return render(request, "hotline/desk/order.html", context | dict(forms or {}), status=status)


def facts(request: OfficerRequest, reading: order_reading.OrderReading) -> dict[str, Any]:
    """What the page tells."""
    found, now = reading.order, clock.now()
    officers = reading.officers
    return {
        "order": found,
        "standing": aftercare.standing(found).label,
        "asked": asked_by_code(request, found),
        "agent": officers.get(found.agent_id, "—") if found.agent_id else "",
        "item": document_of(found.case.snapshot_id) if found.case else None,
        "urgency": due_of([found], now)[0],
        "turns": reading.turns[::-1],
        "pages": reading.pages,
        "happenings": [
            (
                entry,
                order_story.detail_of(entry, officers, reading.unions),
                officers.get(entry.account_id, "") if entry.account_id else "",
                words,
            )
            for entry, words in reading.entries
        ][::-1],
        "now": now,
    }


def asked_by_code(request: OfficerRequest, found: WorkOrder) -> Invitation | None:
    """Where the code lies that goes with an answer on the spot; None once it was rated. Whoever
    answered hears of no second round: it says that the first was bad (ADR 151). One query, none
    for a case, which asks by itself."""
    if found.case_id is not None:
        return None
    with protection.viewing(account=request.user.pk):
        asked = find_latest_invitation(SUBJECT, found.pk)
    if asked is None or hasattr(asked, "rating") or not asked.is_open(clock.now()):
        return None
    return asked if asked.round == 1 or not found.took_part else None


def may_return(request: OfficerRequest, found: WorkOrder) -> bool:
    """Whether this officer decides where an order is, and the line does not have it yet."""
    case = found.case
    if case is None or found.returned_at is not None or case.handler_id == found.line.union_id:
        return False
    return find_acting_post(request.posts, Action.DECIDE_CASES, case.handler_path) is not None


def may_do(request: OfficerRequest, reading: order_reading.OrderReading) -> dict[str, Any]:
    """What this officer may do with an order now, with the forms for it. Whoever took part is told
    that a colleague does the rest."""
    found = reading.order
    took_part = found.took_part
    called = request.user.pk in reading.callers
    runs = find_acting_post(request.posts, ANSWERS, found.line.union.path) is not None
    with protection.viewing(account=request.user.pk):
        is_open = found.state == State.OPEN and found.case is not None and found.case.is_open
        offers = picker(found, "") if is_open and runs else None
    calls = found.state == State.HANDLED
    checks = found.state == State.CALLED_BACK
    is_mine = took_part or (called and (checks or found.quality == "failed"))
    return {
        "is_open": is_open,
        "may_call": calls and not is_mine,
        "may_check": checks and not is_mine,
        "is_for_others": found.state in aftercare.SETTLED and is_mine,
        "is_fetching": found.page_at is not None,
        "dispatch_form": DispatchForm() if is_open and runs else None,
        "return_form": ReturnForm(auto_id="id_return_%s")
        if is_open and not runs and may_return(request, found)
        else None,
        "picker": offers,
        "grade_form": GradeForm(auto_id="id_grade_%s", initial={"grade": found.grade}),
        "urgent_form": UrgentForm(),
        "call_form": OrderCallForm(is_online=calls and was_written(request, found)),
        "check_form": CheckForm(auto_id="id_check_%s"),
    }
