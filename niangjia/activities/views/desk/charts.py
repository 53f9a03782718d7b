"""What the charts of one's activities say, and the points they draw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from niangjia.activities.models import Run, Session
from niangjia.allocation.rules.charts import Supply, supplies_chart
from niangjia.allocation.selectors import count_waiting
from niangjia.core import clock
from niangjia.core.charts import Chart, Point


def chart_of_seats(runs: Sequence[Run]) -> Chart | None:
    """How the seats of each run stand, once they are to be had. One query."""
    open_ones = [(run, run.pool) for run in runs if run.pool and not run.cancelled_at]
    if not open_ones:
        return None
    waiting = count_waiting(pool.pk for _run, pool in open_ones)
    supplies = [
        Supply(name_of(run), pool.stock.taken, pool.stock.left, waiting.get(pool.pk, 0))
        for run, pool in open_ones
    ]
    return supplies_chart(supplies, chart_id="seats", row_label=_("Which run"), today=clock.today())


def name_of(run: Run) -> str:
    """What a run is called."""
    return run.name or _("Run %(n)s") % {"n": run.position}


def chart_of_attendance(sessions: Sequence[Session], came: Mapping[Any, int]) -> Chart | None:
    """How many came to each session that has begun, where there are two to compare."""
    now = clock.now()
    begun = [each for each in sessions if each.starts_at <= now and each.cancelled_at is None]
    if len(begun) < 2 or not any(came.values()):
        return None
    points = [Point(day_of(each), came.get(each.pk, 0)) for each in begun]
    best = max(points, key=lambda point: point.value)
    return Chart(
        id="came",
        title=_("Most came on %(when)s") % {"when": best.name},
        source=_("who was checked in"),
        date=clock.today(),
        row_label=_("Session"),
        value_label=_("People who came"),
        points=points,
    )


def day_of(session: Session) -> str:
    """What a session is called beside others."""
    begins = session.starts_at.astimezone(clock.CHINA)
    return f"{begins:%m-%d %H:%M} {session.name}".rstrip()
