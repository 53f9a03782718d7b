"""What the charts of a score page say, and the points they draw. Hidden scores are left out."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.core import clock
from niangjia.core.charts import Chart, Point
from niangjia.feedback.models import Level
from niangjia.feedback.selectors.scores import ItemScore, Scores

MOST_BARS = 15


def in_language(name: Any) -> str:
    """A name that comes in both languages, in the one being spoken."""
    return str(name["zh" if (get_language() or "zh").startswith("zh") else "en"])


#: An item: its name, its score, its page.
Item = tuple[str, ItemScore, str]


def charts(found: Scores, of_items: list[Item], now: dt.datetime) -> list[Chart]:
    """Levels, months and items, each where there is something to compare."""
    chart = partial(
        Chart,
        source=_("ratings given on this node"),
        date=now.astimezone(clock.CHINA).date(),
    )
    drawn = (levels(found, chart), months(found, chart), items(of_items, chart))
    return [each for each in drawn if each]


def levels(found: Scores, chart: Callable[..., Chart]) -> Chart | None:
    """How many rated how, in tens. Levels said fewer than ten times are left out: a bar of 0 would
    not be true."""
    shown = [(level, count) for level, count in found.whole.levels or () if count]
    if not shown:
        return None
    often = max(shown, key=lambda pair: pair[1])[0]
    return chart(
        id="levels",
        title=_("Said most often: %(level)s") % {"level": Level(often).label},
        row_label=_("Level"),
        value_label=_("Ratings, rounded down to tens"),
        points=[Point(str(Level(level).label), count) for level, count in shown],
    )


def months(found: Scores, chart: Callable[..., Chart]) -> Chart | None:
    """The score month by month."""
    shown = [
        (each.month, each.published.score.mean) for each in found.months if each.published.score
    ]
    if len(shown) < 2:
        return None
    change = round(shown[-1][1] - shown[0][1], 1)
    title = (
        _("Better by %(points)s than in %(month)s")
        if change > 0
        else _("Worse by %(points)s than in %(month)s")
        if change < 0
        else _("As good as in %(month)s")
    )
    return chart(
        id="months",
        kind="line",
        table_url="#by-month",
        title=title % {"points": abs(change), "month": shown[0][0]},
        row_label=_("Month"),
        value_label=_("Score, 1 to 5"),
        points=[Point(name, mean) for name, mean in shown],
    )


def items(rows: list[Item], chart: Callable[..., Chart]) -> Chart | None:
    """The items, the best first."""
    shown = sorted(
        ((row.published.score.mean, name, url) for name, row, url in rows if row.published.score),
        reverse=True,
    )[:MOST_BARS]
    if len(shown) < 2:
        return None
    return chart(
        id="items",
        title=_("%(item)s is rated best") % {"item": shown[0][1]},
        row_label=_("Service"),
        value_label=_("Score, 1 to 5"),
        table_url="#by-service",
        points=[Point(name, mean, url) for mean, name, url in shown],
    )
