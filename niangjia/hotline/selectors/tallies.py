"""Counting work orders themselves: what the tallies must say."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from niangjia.core import clock
from niangjia.feedback.models import Level
from niangjia.hotline.models import CallBackResult, DayTally, WorkOrder
from niangjia.hotline.rules.tallies import COUNTS

#: A call back was made, whether or not it reached anybody.
CALLED = (
    CallBackResult.REACHED,
    CallBackResult.DECLINED,
    CallBackResult.NOT_REACHED,
    CallBackResult.WRONG_NUMBER,
)
SETTLED = Q(handled_at__isnull=False)
COUNTED = {
    "taken": Count("pk"),
    "settled": Count("pk", filter=SETTLED),
    "on_time": Count("pk", filter=SETTLED & Q(is_on_time=True)),
    "handed": Count("pk", filter=SETTLED & Q(case__isnull=False)),
    "called": Count("pk", filter=Q(call_back__in=CALLED, case__isnull=False)),
    "rated": Count("pk", filter=Q(level__isnull=False)),
    "satisfied": Count("pk", filter=Q(level__gte=Level.FAIRLY_SATISFIED)),
}


def count_rows(orders: QuerySet[WorkOrder], *by: str) -> QuerySet[WorkOrder, tuple[Any, ...]]:
    """The counts of `orders`, by the columns that are named and `on`, the day they were taken in.
    In a viewer's scope."""
    return (
        orders.order_by()
        .annotate(on=TruncDate("opened_at", tzinfo=clock.CHINA))
        .values_list(*by, "on")
        .annotate(**COUNTED)
    )


def wrong_tallies() -> Iterator[str]:
    """Each cell that is not what its orders add up to. As background work; none is how it is."""
    keys = ("unit_id", "topic_id", "call__channel")
    rows = {row[:4]: row[4:] for row in count_rows(WorkOrder.objects.all(), *keys)}
    kept = {
        row[:4]: row[4:]
        for row in DayTally.objects.exclude(taken=0).values_list(
            "union_id", "topic_id", "channel", "day", *COUNTS
        )
    }
    for key in sorted(rows.keys() | kept.keys(), key=str):
        if rows.get(key) != kept.get(key):
            yield f"{key}: {kept.get(key)} for {rows.get(key)}"
