"""/desk: orders, call-backs and signals, by the same services as the pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status

from niangjia.core import clock, idempotency, protection
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.api.ratings import with_order
from niangjia.feedback.models import CallBack, Channel, RectificationOrder, Stage
from niangjia.feedback.rules import orders as rules
from niangjia.feedback.rules.subjects import find_subject
from niangjia.feedback.schemas import (
    CallBackList,
    CallBackOut,
    CallIn,
    CodeOut,
    ContactOut,
    InvitationOut,
    JudgementIn,
    OrderDetail,
    OrderList,
    SignalList,
    SignalOut,
    SpokenIn,
    StepIn,
    TermOut,
)
from niangjia.feedback.selectors import call_backs as call_back_selectors
from niangjia.feedback.selectors.orders import ORDER, access_step_post, find_step_post
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within

router = Router(tags=["orders"])


def order_shown(order: RectificationOrder) -> dict[str, Any]:
    """An order as `OrderOut`."""
    names = ("number", "stage", "union", "handled_by", "opened_at", "due_at", "reopenings")
    return {name: getattr(order, name) for name in names} | {
        "item": order.rating.invitation.item_name,
        "level": order.rating.level,
        "finding": order.finding or None,
        "is_late": order.is_late(clock.now()),
    }


def order_detail(account: Account, order: RectificationOrder, posts: list[Post]) -> dict[str, Any]:
    """An order as `OrderDetail`."""
    with protection.viewing(account=account.pk):
        steps = list(selectors.list_steps(order))
        subject = find_subject(order, posts, account)
    rating, person = order.rating, order.rating.invitation.person
    return order_shown(order) | {
        "subject": subject and {"kind": order.subject_kind, "number": subject.number},
        "words": rating.words,
        "name": person.name if rating.is_named and person else None,
        "next_steps": [
            name for name in rules.steps_at(order.stage) if find_step_post(posts, order, name)
        ],
        "steps": steps,
    }


@router.get("/orders", response=OrderList, summary="What must be put right")
def list_orders(
    request: HttpRequest, stage: Stage | None = None, late: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """Within reach, the most urgent first; never those about one's own work."""
    posts = posts_for(request, Action.RECTIFY)
    found = selectors.list_orders(
        account_of(request),
        posts,
        stage=stage or "",
        late_at=clock.now() if late else None,
    )
    with protection.viewing(account=account_of(request).pk):
        page = page_of(found, order=ORDER, cursor=cursor)
    return {"items": list(map(order_shown, page.items)), "next": page.next}


@router.get("/orders/{number}", response=OrderDetail, summary="One order")
def show_order(request: HttpRequest, number: str) -> dict[str, Any]:
    """With everything that was done."""
    posts = posts_for(request, Action.RECTIFY)
    account = account_of(request)
    return order_detail(account, selectors.access_order(account, posts, number), posts)


@router.post("/orders/{number}/steps", response=OrderDetail, summary="Take a step")
def take_step(request: HttpRequest, number: str, payload: StepIn) -> dict[str, Any]:
    """409 when somebody was faster, or it is one's own work."""
    posts = posts_for(request, Action.RECTIFY)
    found = selectors.access_order(account_of(request), posts, number)
    services.take_step(
        by=access_step_post(posts, found, payload.step),
        order=found,
        step=payload.step,
        words=payload.words,
        finding=payload.finding or "",
        public_answer=payload.public_answer,
        now=clock.now(),
    )
    account = account_of(request)
    return order_detail(account, selectors.access_order(account, posts, number), posts)


def call_back_shown(call_back: CallBack) -> dict[str, Any]:
    """A call-back as `CallBackOut`."""
    return {
        "id": call_back.pk,
        "item": call_back.rating.invitation.item_name,
        "level": call_back.rating.level,
        "union": call_back.union,
        "due_at": call_back.due_at,
        "tries": call_back.tries,
        "result": call_back.result or None,
    }


@router.get("/call-backs", response=CallBackList, summary="Whom to call")
def list_call_backs(
    request: HttpRequest, done: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """The longest due first."""
    posts = posts_for(request, Action.CALL_BACK)
    found = selectors.list_call_backs(account_of(request), posts, done=done)
    with protection.viewing(account=account_of(request).pk):
        page = page_of(found, order=call_back_selectors.ORDER, cursor=cursor)
    return {"items": list(map(call_back_shown, page.items)), "next": page.next}


@router.post("/call-backs/{call_back_id}/contact", response=ContactOut, summary="Name and number")
def view_contact(request: HttpRequest, call_back_id: str) -> Any:
    """For the call alone: they can see who looked."""
    idempotency.read_anew(request)
    posts = posts_for(request, Action.CALL_BACK)
    found = selectors.access_call_back(account_of(request), posts, call_back_id)
    seen = services.view_contact(
        by=account_of(request), posts=posts, call_back=found, now=clock.now()
    )
    return seen._asdict()


@router.post("/call-backs/{call_back_id}/calls", response=CallBackOut, summary="Write a call down")
def record_call(request: HttpRequest, call_back_id: str, payload: CallIn) -> dict[str, Any]:
    """The third that reaches nobody ends it."""
    posts = posts_for(request, Action.CALL_BACK)
    found = selectors.access_call_back(account_of(request), posts, call_back_id)
    called = services.record_call(
        by=access_acting_post(posts, Action.CALL_BACK, found.union.path),
        call_back=found,
        result=payload.result,
        words=payload.words,
        now=clock.now(),
    )
    return call_back_shown(called)


@router.post(
    "/invitations/{invitation_id}/rating",
    response={201: InvitationOut},
    summary="Enter what was said on the phone",
)
def enter_rating(
    request: HttpRequest, invitation_id: str, payload: SpokenIn
) -> Status[dict[str, Any]]:
    """Never of one's own work."""
    posts = posts_for(request, Action.CALL_BACK)
    found = selectors.access_invitation_within(account_of(request), posts, invitation_id)
    services.rate(
        invitation=found,
        channel=Channel.CALL_BACK,
        entered_by=account_of(request),
        now=clock.now(),
        **payload.dict(),
    )
    return Status(201, with_order(found))


@router.post("/invitations/{invitation_id}/code", response=CodeOut, summary="A code to scan")
def draw_code(request: HttpRequest, invitation_id: str) -> dict[str, Any]:
    """A new link for the counter; the one before is dead from now on. 409 once it is rated."""
    idempotency.read_anew(request)
    posts = posts_for(request, Action.CALL_BACK)
    account = account_of(request)
    found = selectors.access_invitation_within(account, posts, invitation_id)
    token = services.renew_link(by=account, invitation=found, now=clock.now())
    link = f"{reverse('feedback:rate', args=[token])}?at=counter"
    return {
        "address": request.build_absolute_uri(link),
        "counts_as_entered": found.is_about(account.pk),
    }


@router.get("/signals", response=SignalList, summary="What looks odd below")
def list_signals(
    request: HttpRequest, judged: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """The newest first."""
    posts = posts_for(request, Action.RECTIFY)
    page = page_of(selectors.list_signals(posts, judged=judged), order=("-id",), cursor=cursor)
    return {"items": page.items, "next": page.next}


@router.put("/order-terms/{union}", response=TermOut, summary="How long an order may take")
def set_order_term(request: HttpRequest, union: str, payload: TermOut) -> Any:
    """At a union and below, from now on; 1 to 15 working days."""
    posts = posts_for(request, Action.EDIT_UNION)
    found = access_union_within(posts, Action.EDIT_UNION, union)
    return services.set_term(
        by=access_acting_post(posts, Action.EDIT_UNION, found.path),
        union=found,
        working_days=payload.working_days,
        now=clock.now(),
    )


@router.post("/signals/{signal_id}/judgement", response=SignalOut, summary="Judge a signal")
def judge_signal(request: HttpRequest, signal_id: str, payload: JudgementIn) -> Any:
    """The ratings stay as they are."""
    posts = posts_for(request, Action.RECTIFY)
    return services.judge_signal(
        by=account_of(request),
        signal=selectors.access_signal(posts, signal_id),
        now=clock.now(),
        **payload.dict(),
    )
