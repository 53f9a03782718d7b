"""What time does to orders and calls: a reminder, the way up, the end of waiting.

Each goes in a transaction of its own: one that fails does not hold the others back, and
running twice at once does nothing twice.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from niangjia.core import audit, clock, outbox, protection, transactions, working_calendar
from niangjia.feedback.events import RectificationEscalated
from niangjia.feedback.models import (
    CallBack,
    Invitation,
    Outcome,
    RectificationOrder,
    Stage,
    StepKind,
)
from niangjia.feedback.rules.orders import CALL_BACK_WORKING_DAYS
from niangjia.feedback.selectors.officers import find_able
from niangjia.feedback.selectors.orders import RUNNING
from niangjia.feedback.services import ordering
from niangjia.feedback.services.working import as_work
from niangjia.members.rules.permissions import Action

logger = logging.getLogger(__name__)

#: No run of days off is longer: what is due later needs no look today.
REMINDED_WITHIN = dt.timedelta(days=14)
#: The orders of which it is written down that the term they have now was missed.
RECORDED = Q(breached_at__isnull=False, breached_at__gt=F("round_began_at"))


def remind_of_orders(*, now: dt.datetime, limit: int = 500) -> int:
    """Remind the union of each order due on the next working day or today, once a round; says how
    many."""
    due = Q(due_at__gte=now, due_at__lt=now + REMINDED_WITHIN, reminded_at__isnull=True)
    return each(RectificationOrder.objects.filter(RUNNING & due), limit, _remind, now=now)


def escalate_late_orders(*, now: dt.datetime, limit: int = 500) -> int:
    """Send each order whose term has passed one union up; says how many.

    The union above gets a term of its own, and an order late there too climbs again. Each breach is
    recorded once. Where nobody above could act it stays, as late, and only that is recorded.
    """
    late = Q(due_at__lt=now) & ~RECORDED
    return each(RectificationOrder.objects.filter(RUNNING & late), limit, _escalate, now=now)


def close_unanswered(*, now: dt.datetime, limit: int = 500) -> int:
    """Close each order whose person did not rate again within the window; says how many."""
    over = Invitation.objects.filter(closes_at__lt=now, rating__isnull=True, round__gt=1)
    waiting = RectificationOrder.objects.filter(
        stage=Stage.RATE_AGAIN, subject_id__in=over.values("subject_id")
    )
    return each(waiting, limit, _close, now=now)


def pass_late_calls_on(*, now: dt.datetime, limit: int = 500) -> int:
    """Give each call that nobody made in time to the union above, with a term of its own: everybody
    who rated badly and can be reached is called. Says how many. Where nobody above could call it
    stays, as late; so the latest go first, and those that stay hold nobody back."""
    late = CallBack.objects.filter(done_at__isnull=True, due_at__lt=now)
    return each(late, limit, _pass_on, now=now, order="-due_at")


def each(
    rows: QuerySet[Any],
    limit: int,
    act: Callable[..., bool],
    *,
    now: dt.datetime,
    order: str = "due_at",
) -> int:
    """Do `act` to each, the longest due first; says how often it did something."""
    done = 0
    pks = rows.order_by(order, "id").values_list("pk", flat=True)
    with protection.working("feedback.sweep"):
        found = list(pks[:limit])
    for pk in found:
        try:
            done += act(pk, now=now)
        except Exception:
            logger.exception("%s %s could not be dealt with", rows.model._meta.model_name, pk)
    return done


def lock(pk: uuid.UUID) -> RectificationOrder | None:
    """The order, locked; None while somebody else has it."""
    return (
        RectificationOrder.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("union", "handled_by__parent", "rating__invitation__account")
        .filter(pk=pk)
        .first()
    )


@transactions.atomic
@as_work("feedback.sweep")
def _remind(pk: uuid.UUID, *, now: dt.datetime) -> bool:
    order = lock(pk)
    if order is None or not order.runs or order.reminded_at is not None:
        return False
    left = working_calendar.working_days_between(
        now.astimezone(clock.CHINA).date(),
        order.due_at.astimezone(clock.CHINA).date(),
        province=order.handled_by.division_id[:2],
    )
    if left > 1:
        return False
    order.reminded_at = now
    order.save(update_fields=["reminded_at"])
    ordering.record_step(order, StepKind.REMINDED, by=None, now=now)
    ordering.tell_officers(order, order.handled_by, "desk.order_reminder", now=now)
    return True


@transactions.atomic
@as_work("feedback.sweep")
def _escalate(pk: uuid.UUID, *, now: dt.datetime) -> bool:
    order = lock(pk)
    if order is None or not order.is_late(now) or order.is_breach_recorded:
        return False
    late = order.handled_by
    order.breached_at = now
    upper = late.parent and find_able(late.parent, Action.RECTIFY, order)
    if upper is None:
        order.save(update_fields=["breached_at"])
        ordering.record_step(order, StepKind.ESCALATED, by=None, now=now)
        return True
    order.handled_by = upper
    # What waited for the review of the union that now has it goes on from where it was put right.
    stage = Stage.RECTIFY if order.stage == Stage.REVIEW else Stage(order.stage)
    ordering.begin_round(order, stage, now=now)
    order.save()
    ordering.record_step(order, StepKind.ESCALATED, by=None, now=now)
    outbox.publish(
        RectificationEscalated(
            order_id=order.pk,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            from_union_id=late.pk,
            to_union_id=order.handled_by_id,
        )
    )
    facts = {"from_union": late.name, "to_union": order.handled_by.name}
    for union in (late, order.handled_by):
        ordering.tell_officers(order, union, "desk.order_escalated", now=now, **facts)
    invitation = order.rating.invitation
    ordering.tell_person(order, invitation, "feedback.escalated", now=now, **facts)
    return True


@transactions.atomic
@as_work("feedback.sweep")
def _pass_on(pk: uuid.UUID, *, now: dt.datetime) -> bool:
    call_back = (
        CallBack.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("union__parent", "rating__invitation")
        .filter(pk=pk, done_at__isnull=True, due_at__lt=now)
        .first()
    )
    if call_back is None or call_back.union.parent is None:
        return False
    late, invitation = call_back.union, call_back.rating.invitation
    upper = find_able(call_back.union.parent, Action.CALL_BACK, invitation)
    if upper is None:
        return False
    call_back.union = upper
    call_back.due_at = ordering.due_at(upper, CALL_BACK_WORKING_DAYS, now)
    call_back.save(update_fields=["union", "due_at"])
    audit.record(
        action="call_back.passed_on",
        by=None,
        subject=f"call_back:{call_back.pk}",
        union_id=upper.pk,
        person_id=invitation.person_id,
        details={"from": str(late.pk)},
    )
    ordering.tell_entitled(
        invitation,
        upper,
        Action.CALL_BACK,
        "desk.call_passed_on",
        facts={
            "item": invitation.item_name,
            "from_union": late.name,
            "due_at": call_back.due_at.isoformat(),
        },
        url=reverse("feedback:call_back", args=[call_back.pk]),
        now=now,
    )
    return True


@transactions.atomic
@as_work("feedback.sweep")
def _close(pk: uuid.UUID, *, now: dt.datetime) -> bool:
    order = lock(pk)
    if order is None or order.stage != Stage.RATE_AGAIN:
        return False
    newest = (
        Invitation.objects.filter(subject_kind=order.subject_kind, subject_id=order.subject_id)
        .order_by("-round")
        .first()
    )
    if newest is None or newest.is_open(now):
        return False
    ordering.close(order, Outcome.NOT_RATED, now=now)
    return True
