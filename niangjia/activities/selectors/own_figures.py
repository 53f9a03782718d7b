"""What each union itself counts of activities, from the rows: to check the ledger of figures by."""

import uuid
from collections.abc import Iterator

from django.db.models import Count, Sum

from niangjia.activities.models import Activity, Attendance

#: What the metrics counted here begin with.
METRICS = ("activities:",)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many: activities that were published, people who came."""
    published = Activity.objects.filter(runs__pool__isnull=False)
    for union_id, count in published.values_list("union_id").annotate(Count("pk", distinct=True)):
        yield union_id, "activities:published", count
    came = Attendance.objects.values_list("session__run__activity__union_id")
    for union_id, people in came.annotate(Sum("people")):
        yield union_id, "activities:attended", people
