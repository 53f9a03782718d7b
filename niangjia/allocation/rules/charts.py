"""Finite supplies beside each other: what of each is taken, what is left, who waits for it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from niangjia.core.charts import Chart, Point


class Supply(NamedTuple):
    """One bar: parts taken, parts left, and parts that people wait for."""

    name: str
    taken: int
    left: int
    waiting: int = 0


def supplies_chart(
    supplies: Sequence[Supply], *, chart_id: str, row_label: str, today: dt.date
) -> Chart:
    """How they stand, in the order given: one at least."""
    return Chart(
        id=chart_id,
        kind="parts",
        title=finding(supplies),
        source=_("what was asked for on this node"),
        date=today,
        row_label=row_label,
        part_labels=[_("Given out"), _("Not given out yet"), _("Waited for")],
        points=[Point(each.name, parts=(each.taken, each.left, each.waiting)) for each in supplies],
    )


def finding(supplies: Sequence[Supply]) -> str:
    """What the bars show, in one sentence."""
    taken, left, waiting = (sum(column) for column in list(zip(*supplies, strict=True))[1:])
    counts = {"taken": f"{taken:,}", "all": f"{taken + left:,}", "waiting": f"{waiting:,}"}
    if waiting:
        return _("%(taken)s of %(all)s are given out, and %(waiting)s are waited for") % counts
    return _("%(taken)s of %(all)s are given out") % counts
