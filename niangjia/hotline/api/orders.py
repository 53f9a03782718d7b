"""/desk/hotline/orders: what is done with work orders, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.cases.selectors.surroundings import find_chosen
from niangjia.core import clock, idempotency, protection
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.hotline import selectors, services
from niangjia.hotline.api import shapes
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.schemas.orders import (
    CheckIn,
    DispatchIn,
    GradeIn,
    OrderCallIn,
    OrderContactOut,
    ReturnIn,
    UrgencyIn,
    WorkOrderDetail,
    WorkOrderList,
    WorkOrderOut,
)
from niangjia.hotline.selectors.aftercare import with_hand
from niangjia.hotline.selectors.order_lists import LISTS, list_orders
from niangjia.hotline.selectors.orders import NEWEST
from niangjia.hotline.selectors.units import list_below, propose_units
from niangjia.hotline.services.order_reading import read_order
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post

router = Router(tags=["desk"])
ANSWERS = Action.ANSWER_HOTLINE


def find_order(request: HttpRequest, number: str) -> tuple[Post, WorkOrder]:
    """An order of a line that is theirs to run, and the post to act by. Raises `NotFound`."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        found = selectors.access_order(posts, number, account=account)
    return access_acting_post(posts, ANSWERS, found.line.union.path), found


def as_it_is(request: HttpRequest, number: str) -> dict[str, Any]:
    """The order after an act on it, as `WorkOrderOut`."""
    return shapes.order(find_order(request, number)[1])


@router.get("", response=WorkOrderList, summary="Work orders of one's lines")
def list_work_orders(
    request: HttpRequest, tab: str = "", case: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """`tab` is urgent, dispatch, unions, call, rectify, check, closed, or nothing for all that is
    at work; the newest first. With `case`, the order of the case of that number, at work or not."""
    if tab not in LISTS:
        problem = _("There is no such list.")
        raise Invalid(problem, code="no-such-list", fields={"tab": problem})
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        found = list_orders(posts, account=account, chosen=tab)
        if case:
            found = with_hand(
                selectors.visible_orders(posts, account=account).filter(case__number=case), account
            )
        page = page_of(found, order=NEWEST, cursor=cursor)
    return {"items": list(map(shapes.order, page.items)), "next": page.next}


@router.get("/{number}", response=WorkOrderDetail, summary="One work order")
def show_work_order(request: HttpRequest, number: str) -> dict[str, Any]:
    """With who had it when, and what happened. That it was read is on record."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    reading = read_order(by=account, posts=posts, number=number)
    with protection.viewing(account=account.pk):
        proposed = propose_units(reading.order)
    return shapes.detail(reading) | {"proposed": [each.union for each in proposed]}


@router.post("/{number}/dispatch", response=WorkOrderOut, summary="Give it to a union")
def dispatch_work_order(request: HttpRequest, number: str, payload: DispatchIn) -> dict[str, Any]:
    """One or several levels down from the line; it has 5 working days to send it back. To the union
    that has returned it: it stays there."""
    post, found = find_order(request, number)
    with protection.viewing(account=post.account_id):
        below = list_below(found) if found.case else None
        to = find_chosen(below, "", ticked=payload.to) if below is not None else None
    if to is None:
        problem = _("No union below the line is called that.")
        raise Invalid(problem, code="not-transferable", fields={"to": problem})
    services.dispatch_order(
        by=post, order_id=found.pk, to=to, reason=payload.reason, now=clock.now()
    )
    return as_it_is(request, number)


@router.post("/{number}/return", response=WorkOrderOut, summary="Return it to the line")
def return_work_order(request: HttpRequest, number: str, payload: ReturnIn) -> dict[str, Any]:
    """By whoever decides cases at the union that has it, and may open it; twice is once."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        found = selectors.access_order(posts, number, account=account)
    where = found.case.handler_path if found.case else found.line.union.path
    services.return_order(
        by=access_acting_post(posts, Action.DECIDE_CASES, where),
        order_id=found.pk,
        reason=payload.reason,
        now=clock.now(),
    )
    with protection.viewing(account=account.pk):
        return shapes.order(selectors.access_order(posts, number, account=account))


@router.post("/{number}/grade", response=WorkOrderOut, summary="Say how hard it is")
def grade_work_order(request: HttpRequest, number: str, payload: GradeIn) -> dict[str, Any]:
    """Before the term has run out; the case has the line's days for the grade."""
    post, found = find_order(request, number)
    services.grade_order(by=post, order_id=found.pk, now=clock.now(), **payload.dict())
    return as_it_is(request, number)


@router.post("/{number}/urgency", response=WorkOrderOut, summary="Fetch whoever is on call")
def flag_work_order(request: HttpRequest, number: str, payload: UrgencyIn) -> dict[str, Any]:
    """Twice is once."""
    post, found = find_order(request, number)
    services.flag_urgent(by=post, order_id=found.pk, kind=payload.kind, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/acknowledgement", response=WorkOrderOut, summary="Take an urgent one on")
def acknowledge_work_order(request: HttpRequest, number: str) -> dict[str, Any]:
    """Nobody else is paged."""
    post, found = find_order(request, number)
    services.acknowledge(by=post, order_id=found.pk, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/contact", response=OrderContactOut, summary="Whom to call back")
def view_order_contact(request: HttpRequest, number: str) -> Any:
    """They see afterwards that one looked. 409 for whoever had a hand in it."""
    idempotency.read_anew(request)
    posts, account = posts_for(request, ANSWERS), account_of(request)
    return services.view_contact(by=account, posts=posts, number=number, now=clock.now())._asdict()


@router.post("/{number}/call-backs", response=WorkOrderOut, summary="Write a call back down")
def record_order_call(request: HttpRequest, number: str, payload: OrderCallIn) -> dict[str, Any]:
    """By somebody who neither took the call nor did the work (409)."""
    post, found = find_order(request, number)
    services.record_call_back(by=post, order_id=found.pk, now=clock.now(), **payload.dict())
    return as_it_is(request, number)


@router.post("/{number}/check", response=WorkOrderOut, summary="Finish the quality check")
def check_work_order(request: HttpRequest, number: str, payload: CheckIn) -> dict[str, Any]:
    """All yes closes the order; one no sends it back. By somebody who had no hand in it (409)."""
    post, found = find_order(request, number)
    services.check_order(
        by=post,
        order_id=found.pk,
        answers=payload.answers,
        words=payload.reason,
        now=clock.now(),
    )
    return as_it_is(request, number)
