"""What each union itself counts, from the rows: to check the ledger of figures against."""

import uuid
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from niangjia.members.models import Application, ApplicationStatus, Membership, MembershipStatus
from niangjia.members.rules.applications import answer_hours

#: What the metrics counted here begin with.
METRICS = ("members", "applications:", "answer_hours:")
DECIDED = (ApplicationStatus.ADMITTED, ApplicationStatus.REFUSED)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many: members that have not ended, applications open and decided, and
    the hours each answer took."""
    held = Membership.objects.exclude(status=MembershipStatus.ENDED)
    for union_id, count in held.values_list("union_id").annotate(Count("pk")):
        yield union_id, "members", count
    open_ones = Application.objects.filter(status=ApplicationStatus.SUBMITTED)
    for union_id, count in open_ones.values_list("union_id").annotate(Count("pk")):
        yield union_id, "applications:open", count
    decided: Counter[tuple[uuid.UUID, str]] = Counter()
    answers = Application.objects.filter(status__in=DECIDED).values_list(
        "union_id", "submitted_at", "decided_at"
    )
    for union_id, submitted_at, decided_at in answers.iterator():
        decided[union_id, "applications:decided"] += 1
        if submitted_at and decided_at:
            decided[union_id, f"answer_hours:{answer_hours(submitted_at, decided_at)}"] += 1
    for (union_id, metric), count in decided.items():
        yield union_id, metric, count
