"""What each union itself counts of visits, from the rows: to check the ledger of figures by."""

import uuid
from collections import Counter
from collections.abc import Iterator

from django.db.models import Sum

from niangjia.places.models import VisitDay
from niangjia.places.rules import visits

#: What the metrics counted here begin with.
METRICS = (visits.FAMILY, visits.HOURS_FAMILY)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many visits of a day; and of an hour of a month's weekdays."""
    days = VisitDay.objects.values_list("place__union_id", "date").annotate(Sum("visits"))
    for union_id, date, number in days.iterator():
        yield union_id, visits.metric(date), number
    by_hour: Counter[tuple[uuid.UUID, str]] = Counter()
    rows = VisitDay.objects.filter(hours__isnull=False)
    for union_id, date, hours in rows.values_list("place__union_id", "date", "hours").iterator():
        for hour, number in enumerate(hours or ()):
            by_hour[union_id, visits.hour_metric(date, hour)] += number
    for (union_id, metric), number in by_hour.items():
        if number:
            yield union_id, metric, number
