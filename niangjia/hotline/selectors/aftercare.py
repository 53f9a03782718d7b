"""Who had a hand in a work order, and what became of it. In a viewer's scope."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.hotline.models import OrderEntry, OrderEntryKind, WorkOrder
from niangjia.members.models import Account


def list_moves(order: WorkOrder) -> QuerySet[CaseEntry]:
    """The timeline of an order's case, the first thing first; nothing of what was answered on the
    spot."""
    case = order.case_id
    found = CaseEntry.objects.filter(case=case) if case else CaseEntry.objects.none()
    return found.order_by("number")


def workers_in(order: WorkOrder, timeline: Iterable[CaseEntry]) -> set[uuid.UUID]:
    """Whoever took the call, has the case assigned, or took a step of it."""
    steps = {entry.account_id for entry in timeline if entry.kind == EntryKind.STEP}
    assigned = order.case.assigned_to_id if order.case else None
    return {each for each in (order.agent_id, assigned, *steps) if each}


def worked_on(account: Account) -> Q:
    """The orders `account` had a hand in, as `workers_in` says of one. In its scope."""
    steps = CaseEntry.objects.filter(
        case=OuterRef("case"), kind=EntryKind.STEP, account_id=account.pk
    )
    return Q(agent=account) | Q(case__assigned_to=account) | Q(Exists(steps))


def with_hand(orders: QuerySet[WorkOrder], account: Account) -> QuerySet[WorkOrder]:
    """`orders`, each with whether `account` had a hand in it (`WorkOrder.took_part`)."""
    return orders.annotate(had_hand=worked_on(account))


def callers_in(entries: Iterable[OrderEntry]) -> set[uuid.UUID]:
    """Whoever called back."""
    calls = (entry.account_id for entry in entries if entry.kind == OrderEntryKind.CALLED)
    return {each for each in calls if each}


def workers_of(order: WorkOrder) -> set[uuid.UUID]:
    """Whoever had a hand in it: see `workers_in`. One query, none for what was answered on the
    spot."""
    return workers_in(order, list_moves(order))


def callers_of(order: WorkOrder) -> set[uuid.UUID]:
    """Whoever called back. One query."""
    return callers_in(list_order_entries(order))


def list_order_entries(order: WorkOrder) -> QuerySet[OrderEntry]:
    """What happened to an order, the first thing first."""
    return OrderEntry.objects.filter(order=order).order_by("number")
