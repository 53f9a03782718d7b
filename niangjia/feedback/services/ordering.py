"""Opening an order, opening it again one union higher, closing it: in a rating's transaction."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from niangjia.core import audit, clock, ids, outbox, working_calendar
from niangjia.feedback.events import RectificationClosed, RectificationOrdered
from niangjia.feedback.models import (
    Invitation,
    OrderStep,
    Outcome,
    Rating,
    RectificationOrder,
    Stage,
    StepKind,
)
from niangjia.feedback.selectors.officers import find_able, list_posts_entitled, lowest_able
from niangjia.feedback.selectors.protection import may_know
from niangjia.feedback.selectors.terms import working_days_at
from niangjia.members import services as members
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

#: Of an order's number, the check digit included.
NUMBER_DIGITS = 12


def due_at(union: Union, days: int, now: dt.datetime) -> dt.datetime:
    """The end of the `days`-th working day after `now`, by the calendar of the union's province."""
    return working_calendar.deadline(
        now.astimezone(clock.CHINA).date(), days, province=union.division_id[:2]
    ).at


def lock_order_on(invitation: Invitation) -> RectificationOrder | None:
    """The order on this service, locked, if there is one."""
    return (
        RectificationOrder.objects.select_for_update(of=("self",))
        .select_related("union", "handled_by")
        .filter(subject_kind=invitation.subject_kind, subject_id=invitation.subject_id)
        .first()
    )


def open_order(rating: Rating, invitation: Invitation, *, now: dt.datetime) -> RectificationOrder:
    """The order that a first bad rating opens, at the lowest union that can act on it."""
    handler = lowest_able(rating.union, Action.RECTIFY, invitation)
    days = working_days_at(rating.union)
    order = RectificationOrder.objects.create(
        number=ids.new_number(RectificationOrder, digits=NUMBER_DIGITS),
        subject_kind=invitation.subject_kind,
        subject_id=invitation.subject_id,
        rating=rating,
        union=rating.union,
        handled_by=handler,
        rated=invitation.rated,
        is_protected=invitation.is_protected,
        tied_employer_ids=invitation.tied_employer_ids,
        working_days=days,
        opened_at=now,
        round_began_at=now,
        due_at=due_at(handler, days, now),
    )
    record_step(order, StepKind.OPENED, by=None, now=now)
    publish_ordered(order)
    tell_officers(order, handler, "desk.order_opened", now=now)
    tell_person(order, invitation, "feedback.ordered", now=now)
    return order


def reopen_order(
    order: RectificationOrder, rating: Rating, invitation: Invitation, *, now: dt.datetime
) -> None:
    """Rated badly again: the union above takes it on, from the beginning; where nobody above could
    act, the same one does."""
    upper = order.handled_by.parent
    order.handled_by = (upper and find_able(upper, Action.RECTIFY, order)) or order.handled_by
    order.rating = rating
    order.reopenings += 1
    order.finding = order.outcome = ""
    order.closed_at = None
    begin_round(order, Stage.VERIFY, now=now)
    order.breached_at = None
    order.save()
    record_step(order, StepKind.REOPENED, by=None, now=now)
    publish_ordered(order)
    tell_officers(order, order.handled_by, "desk.order_opened", now=now)
    tell_person(order, invitation, "feedback.reopened", now=now)


def begin_round(order: RectificationOrder, stage: Stage, *, now: dt.datetime) -> None:
    """Give the union that now handles `order` a whole term of its own."""
    order.stage = stage
    order.working_days = working_days_at(order.handled_by)
    order.round_began_at = now
    order.due_at = due_at(order.handled_by, order.working_days, now)
    order.reminded_at = None


def close_satisfied(order: RectificationOrder, *, now: dt.datetime) -> None:
    """Rated again, and well."""
    if order.is_open:
        close(order, Outcome.SATISFIED, now=now)


def close(order: RectificationOrder, outcome: Outcome, *, now: dt.datetime) -> None:
    """End a locked order. No officer closes one: the person does, or time."""
    order.stage, order.outcome, order.closed_at = Stage.CLOSED, outcome, now
    order.save(update_fields=["stage", "outcome", "closed_at"])
    record_step(order, StepKind.CLOSED, by=None, now=now)
    outbox.publish(
        RectificationClosed(
            order_id=order.pk,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            outcome=outcome,
        )
    )


def publish_ordered(order: RectificationOrder) -> None:
    """Tell the rooms above."""
    outbox.publish(
        RectificationOrdered(
            order_id=order.pk,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            union_id=order.handled_by_id,
            due_at=order.due_at,
            reopenings=order.reopenings,
        )
    )


def record_step(
    order: RectificationOrder,
    kind: StepKind,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    words: str = "",
) -> None:
    """Add to the order's timeline and to the audit chain."""
    OrderStep.objects.create(
        order=order,
        kind=kind,
        at=now,
        union=order.handled_by,
        by_account_id=by,
        words=words or None,
        due_at=order.due_at if order.runs else None,
    )
    audit.record(
        action=f"order.{kind}",
        by=by,
        subject=f"order:{order.pk}",
        union_id=order.handled_by_id,
        person_id=order.rating.invitation.person_id,
        details={"stage": order.stage, "reopenings": order.reopenings},
    )


def tell_officers(
    order: RectificationOrder, union: Union, kind: str, *, now: dt.datetime, **facts: str
) -> None:
    """A notice to everybody at `union` who may act on `order`."""
    told = {
        "number": order.number,
        "union": order.handled_by.name,
        "due_at": order.due_at.isoformat(),
        **facts,
    }
    url = reverse("feedback:order", args=[order.number])
    tell_entitled(order, union, Action.RECTIFY, kind, facts=told, url=url, now=now)


def tell_entitled(
    subject: Invitation | RectificationOrder,
    union: Union,
    action: Action,
    kind: str,
    *,
    facts: Mapping[str, Any],
    url: str,
    now: dt.datetime,
) -> None:
    """A notice to everybody at `union` who may do `action`: never to the rated officer, nor to
    anybody tied to the employer of a protected subject."""
    posts = list_posts_entitled(action, but=subject.rated_id).filter(union=union)
    accounts = {post.account_id: post.account for post in posts.select_related("account")}
    for pk in may_know(accounts.keys(), subject):
        members.notify(account=accounts[pk], kind=kind, facts=facts, url=url, now=now)


def tell_person(
    order: RectificationOrder,
    invitation: Invitation,
    kind: str,
    *,
    now: dt.datetime,
    **facts: str,
) -> None:
    """A notice to whoever was served, if they have an account."""
    if invitation.account is None:
        return
    members.notify(
        account=invitation.account,
        kind=kind,
        facts={
            "union": order.handled_by.name,
            "due_at": order.due_at.isoformat(),
            "item": invitation.item_name,
            **facts,
        },
        url=reverse("feedback:rate_mine", args=[invitation.pk]),
        now=now,
    )
