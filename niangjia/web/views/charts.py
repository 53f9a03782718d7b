"""The national page's charts: what they say, and the points they draw."""

import datetime as dt
import itertools
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.core import clock
from niangjia.core.charts import Chart, Point
from niangjia.members.selectors.nation import Nation, Row
from niangjia.organisations.models import Kind

#: Bars beyond these are read in the table; a phone draws the first ten of them.
BARS = 15
#: A map of counties and below is not drawn: their boundaries are not served.
MAPPED_DEPTH = 1


def charts(nation: Nation, now: dt.datetime) -> list[Chart]:
    """A map where there are boundaries for the divisions below, and bars; none without children.

    Hidden counts are left out, and so are industrial unions where there are unions of places to
    compare: their members work in those places.
    """
    rows = [row for row in by_place(nation) if row.figures.members]
    if not rows:
        return []
    bars = Chart(
        id="bars",
        title=finding(nation, rows),
        source=_("membership register of this node"),
        date=now.astimezone(clock.CHINA).date(),
        row_label=_("Union"),
        value_label=_("Members"),
        division=nation.division_code,
        table_url="#right-below",
        points=points(rows[:BARS]),
    )
    drawn = [bars]
    if nation.depth <= MAPPED_DEPTH:
        mapped = [row for row in rows if row.division_code != nation.division_code]
        shades = replace(
            bars,
            id="shades",
            kind="choropleth",
            title=concentration(rows),
            row_label=_("Division"),
            points=points(mapped),
        )
        drawn.insert(0, shades)
    return drawn


def by_place(nation: Nation) -> list[Row]:
    """The unions of places, or all where there are none."""
    places = [row for row in nation.children if row.kind != Kind.INDUSTRIAL]
    return places or nation.children


def concentration(rows: list[Row]) -> str:
    """What the map shows: in how few of its places half of the members are. `rows` come with the
    largest first, each with at least one member."""
    counts = [row.figures.members or 0 for row in rows]
    running = itertools.accumulate(counts)
    half = next(n for n, so_far in enumerate(running, start=1) if 2 * so_far >= sum(counts))
    return ngettext(
        "Half of the members are in %(half)d place of %(all)d",
        "Half of the members are in %(half)d places of %(all)d",
        half,
    ) % {"half": half, "all": len(rows)}


def finding(nation: Nation, rows: list[Row]) -> str:
    """What the bars show, in one sentence."""
    largest = rows[0]
    total = nation.figures.members or 0
    if len(rows) == 1 or not total:
        return ngettext(
            "%(name)s has %(count)d member",
            "%(name)s has %(count)d members",
            largest.figures.members or 0,
        ) % {"name": largest.name, "count": largest.figures.members or 0}
    return _("%(name)s has the most members: %(share)d%%") % {
        "name": largest.name,
        "share": round(100 * (largest.figures.members or 0) / total),
    }


def points(rows: list[Row]) -> list[Point]:
    """What is drawn of rows that each have members."""
    return [
        Point(
            row.name,
            row.figures.members or 0,
            reverse("web:nation", args=[row.number]),
            row.division_code,
        )
        for row in rows
    ]
