"""What each union itself counts of visits, from the rows: to check the ledger of figures by."""

import uuid
from collections.abc import Iterator

from django.db.models import Sum

from niangjia.places.models import VisitDay
from niangjia.places.rules import visits

#: What the metrics counted here begin with.
METRICS = (visits.FAMILY,)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many visits of a day."""
    days = VisitDay.objects.values_list("place__union_id", "date").annotate(Sum("visits"))
    for union_id, date, number in days.iterator():
        yield union_id, visits.metric(date), number
