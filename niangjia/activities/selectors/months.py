"""What is on in a month, day by day."""

import datetime as dt
from collections import defaultdict

from django.db.models import Q

from niangjia.activities.models import Session, State
from niangjia.activities.rules.months import Month, days_of
from niangjia.activities.selectors.finding import Criteria
from niangjia.organisations.rules import ancestor_paths

#: So many sessions at most; where there are more, the page says so.
MOST = 500


def list_month(
    month: Month, criteria: Criteria, *, path: str
) -> tuple[dict[dt.date, list[Session]], bool]:
    """The sessions that a member at `path` may find, by the days they go on, and whether there are
    more than are shown. One query."""
    since, until = month.span
    activity = "run__activity__"
    seen = Q(**{f"{activity}seen_by": None}) | Q(
        **{f"{activity}seen_by__path__in": ancestor_paths(path)}
    )
    found = Session.objects.filter(
        seen,
        run__activity__state=State.PUBLISHED,
        run__cancelled_at=None,
        cancelled_at=None,
        starts_at__lt=until,
        ends_at__gt=since,
    )
    if criteria.kind:
        found = found.filter(run__activity__kind=criteria.kind)
    if criteria.division:
        inside = Q(run__activity__division__path__startswith=criteria.division.path)
        found = found.filter(inside | Q(run__activity__division=None))
    rows = list(
        found.select_related("run__activity__division").order_by("starts_at", "id")[: MOST + 1]
    )
    by_day: dict[dt.date, list[Session]] = defaultdict(list)
    for session in rows[:MOST]:
        for day in days_of(session.starts_at, session.ends_at):
            by_day[day].append(session)
    return by_day, len(rows) > MOST
