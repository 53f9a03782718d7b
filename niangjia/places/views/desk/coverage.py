"""Whom stations reach within fifteen minutes on foot, hour by hour, in a union's division."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock
from niangjia.core.charts import Chart, Point
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import access_asked_union, within_reach
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import chain_above
from niangjia.places import services
from niangjia.places.models import Who, Window
from niangjia.places.rules import coverage as rules
from niangjia.places.selectors import coverage as selectors
from niangjia.places.selectors import own_coverage
from niangjia.places.selectors.coverage import Cell, Measured
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.walks import count_walked, list_maps

#: The shades of a table and of the map, from nobody to nearly everybody.
SHADES = (20, 40, 60, 80)


@require_GET
@never_cache
@officer_page(Action.BROWSE)
def coverage(request: OfficerRequest) -> HttpResponse:
    """Of the union in the address, else of the highest one's own."""
    union = access_asked_union(request.posts, Action.BROWSE, request.GET.get("union"))
    who, window = chosen(request, "who", Who), chosen(request, "window", Window)
    measured = selectors.find_measured(union.division, who)
    context: dict[str, Any] = {
        "union": union,
        "division": union.division,
        "above": [
            (each, address(each, who, window))
            for each in chain_above(union)
            if within_reach(request.posts, Action.BROWSE, each.path)
        ],
        "whos": [(each, address(union, each, window), each == who) for each in Who],
        "windows": [(each, address(union, who, each), each == window) for each in Window],
        "who": Who(who),
        "window": Window(window),
        "running": selectors.find_running(),
        "keeps": bool(holding(request.posts, KEEPS)),
        "minutes": rules.WALK_MINUTES,
        "is_stale": measured is None or measured.first_date < rules.first_date_of(clock.now()),
    }
    own = None if own_coverage.stands_for_division(union) else own_coverage.find_own(union)
    context |= {
        "is_own": not own_coverage.stands_for_division(union),
        "own": own,
        "own_share": own and own.week.share_in(window),
        "own_worst": [
            (each, each.week.share_in(window)) for each in (own.worst(window) if own else [])
        ],
    }
    if measured:
        context |= told(measured, union, window)
    return render(request, "places/desk/coverage.html", context)


@require_POST
@never_cache
@officer_page(KEEPS)
def measurement(request: OfficerRequest) -> HttpResponse:
    """Measure now what would be measured at night."""
    services.ask_measurement(recounts=False, now=clock.now())
    messages.success(request, _("It is being measured; this page says how far it has come."))
    return redirect("places:desk_coverage")


def chosen(request: OfficerRequest, name: str, choices: type[Who] | type[Window]) -> str:
    """One of a closed list by the address, else the first."""
    value = request.GET.get(name, "")
    return value if value in choices.values else choices.values[0]


def address(union: Union, who: str, window: str) -> str:
    """The page about another union, other people or other hours."""
    asked = {"union": union.number, "who": who, "window": window}
    return f"{reverse('places:desk_coverage')}?{urlencode(asked)}"


def told(measured: Measured, union: Union, window: str) -> dict[str, Any]:
    """What the page shows of what was measured."""
    who, division, week = measured.who, measured.division, measured.week
    worst = selectors.list_worst(division, who, window)
    walked = count_walked(division)
    return {
        "measured": measured,
        "share": week.share_in(window),
        "is_made_up": selectors.is_made_up(division, who),
        "walked": walked,
        "street_maps": list_maps(walked),
        "chart": chart(measured),
        "hours": [
            (hour, [shaded(week.share_at(hour, day)) for day in range(7)]) for hour in range(24)
        ],
        "days": [measured.first_date + rules.ONE_DAY * day for day in range(7)],
        "below": [
            (
                each,
                each.week.share_in(window),
                address(each.union, who, window) if each.union else "",
            )
            for each in selectors.list_below(measured, union)
        ],
        "worst": worst,
        "map": map_of(worst, division.name),
        "cells": cells_of(selectors.list_cells(division, who, window))
        | {"stations": selectors.list_stations(division)},
    }


def shaded(share: int) -> tuple[int, int]:
    """A share with the number of its shade, 1 to 5."""
    return share, 1 + sum(share >= least for least in SHADES)


def chart(measured: Measured) -> Chart:
    """Hour by hour, on average of the seven days."""
    week = measured.week
    hour = week.worst_hour
    return Chart(
        id="coverage-by-hour",
        kind="count",
        title=_("Fewest are reached at %(hour)s: %(share)s per cent")
        % {"hour": f"{hour}:00", "share": week.share_at(hour)},
        row_label=_("Hour that begins at"),
        value_label=_("Reached, per cent"),
        source=_("openings, members and zones of this node"),
        date=measured.measured_at.astimezone(clock.CHINA).date(),
        points=[Point(f"{each}:00", week.share_at(each)) for each in range(24)],
    )


def map_of(worst: list[Cell], name: str) -> dict[str, Any]:
    """The worst cells as numbered markers; the cells themselves are laid under them."""
    return {
        "id": "coverage-map",
        "label": _("Map of who is reached in %(name)s") % {"name": name},
        "division": "",
        "markers": [
            {
                "longitude": cell.longitude,
                "latitude": cell.latitude,
                "label": _("%(count)s people, %(share)s per cent of the hours")
                % {"count": cell.count, "share": cell.share},
            }
            for cell in worst
        ],
    }


def cells_of(cells: list[Cell]) -> dict[str, Any]:
    """The squares to draw: middle, side in metres, people, per cent."""
    return {
        "cells": [
            [round(each.longitude, 5), round(each.latitude, 5), each.side_m, each.count, each.share]
            for each in cells
        ]
    }
