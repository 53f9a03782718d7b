"""What changes elsewhere does to orders: the calendar, a union that ends."""

import datetime as dt

from niangjia.core import transactions
from niangjia.feedback.models import CallBack, RectificationOrder
from niangjia.feedback.selectors.officers import lowest_able
from niangjia.feedback.selectors.orders import RUNNING
from niangjia.feedback.services import ordering
from niangjia.feedback.services.working import as_work
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union


@transactions.atomic
@as_work("feedback.move")
def move_due_dates(*, date: dt.date, province: str, now: dt.datetime) -> int:
    """Count the terms of running orders anew after a day of the calendar has changed; says how many
    moved. A term that is over stays over."""
    waiting = RectificationOrder.objects.filter(
        RUNNING, due_at__gte=now, handled_by__division__code__startswith=province
    )
    moved = 0
    rows = waiting.select_for_update(of=("self",)).select_related("handled_by").order_by("pk")
    for order in rows:
        due_at = ordering.due_at(order.handled_by, order.working_days, order.round_began_at)
        if due_at != order.due_at and due_at > now:
            order.due_at = due_at
            order.save(update_fields=["due_at"])
            moved += 1
    return moved


@transactions.atomic
@as_work("feedback.move")
def hand_over_orders(*, union: Union, now: dt.datetime) -> int:
    """Give what a dissolved union still had to put right, and to call, to the one above; says how
    many."""
    orders = RectificationOrder.objects.filter(handled_by=union, closed_at__isnull=True)
    count = 0
    rows = orders.select_for_update(of=("self",)).select_related("handled_by").order_by("pk")
    for order in rows:
        order.handled_by = lowest_able(union, Action.RECTIFY, order)
        order.save(update_fields=["handled_by"])
        ordering.tell_officers(order, order.handled_by, "desk.order_opened", now=now)
        count += 1
    calls = (
        CallBack.objects.filter(union=union, done_at__isnull=True)
        .select_for_update(of=("self",))
        .select_related("rating__invitation")
        .order_by("pk")
    )
    for call_back in calls:
        call_back.union = lowest_able(union, Action.CALL_BACK, call_back.rating.invitation)
        call_back.save(update_fields=["union"])
        count += 1
    return count
