"""Who had a hand in a work order, and what became of it. In a viewer's scope."""

import uuid

from django.db.models import QuerySet

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.hotline.models import OrderEntry, OrderEntryKind, WorkOrder


def workers_of(order: WorkOrder) -> set[uuid.UUID]:
    """Whoever took the call, has the case assigned, or took a step of it. One query, none for what
    was answered on the spot."""
    found = {order.agent_id} if order.agent_id else set()
    if order.case is not None:
        steps = CaseEntry.objects.filter(case=order.case, kind=EntryKind.STEP)
        found |= set(filter(None, steps.values_list("account_id", flat=True)))
        found |= {order.case.assigned_to_id} if order.case.assigned_to_id else set()
    return found


def callers_of(order: WorkOrder) -> set[uuid.UUID]:
    """Whoever called back. One query."""
    calls = order.entries.filter(kind=OrderEntryKind.CALLED)
    return set(filter(None, calls.values_list("account_id", flat=True)))


def list_order_entries(order: WorkOrder) -> QuerySet[OrderEntry]:
    """What happened to an order, the first thing first."""
    return OrderEntry.objects.filter(order=order).order_by("number")
