"""When people come: to one place, or to all of a union and below it."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.core import clock
from niangjia.core.charts import Chart, Point
from niangjia.core.periods import MONTHS, Period, PeriodKind
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.unions_within_reach import access_asked_union, within_reach
from niangjia.organisations.selectors import chain_above
from niangjia.places.rules import visit_hours as rules
from niangjia.places.rules.visit_hours import WhenTheyCome
from niangjia.places.selectors import visit_hours as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.access import place_for


@require_GET
@never_cache
@officer_page(KEEPS)
def of_place(request: OfficerRequest, code: str) -> HttpResponse:
    """Of one place."""
    place, _post = place_for(request, code)
    period = rules.chosen(request.GET, PeriodKind.QUARTER, clock.today())
    found = selectors.when_at_place(place, period)
    back = reverse("places:desk_place", args=[code])
    about = {"name": place.name, "back": back, "place": place}
    return shown(request, period, found, about, {})


@require_GET
@never_cache
@officer_page(KEEPS)
def of_union(request: OfficerRequest) -> HttpResponse:
    """Of the union in the address, else of the highest one's own."""
    union = access_asked_union(request.posts, KEEPS, request.GET.get("union"))
    period = rules.chosen(request.GET, PeriodKind.MONTH, clock.today())
    found = selectors.when_within(union, period)
    there = reverse("places:desk_visits")
    above = [
        (each, f"{there}?{urlencode({'union': each.number})}")
        for each in chain_above(union)
        if within_reach(request.posts, KEEPS, each.path)
    ]
    about = {"name": union.name, "back": reverse("places:desk"), "above": above}
    return shown(request, period, found, about, {"union": union.number})


def shown(
    request: OfficerRequest,
    period: Period,
    found: WhenTheyCome,
    about: dict[str, Any],
    kept: dict[str, str],
) -> HttpResponse:
    """The page; `kept` goes along into the addresses of other periods."""
    today = clock.today()
    others = [(period.before, "prev"), (period.after, "next")]
    context = about | {
        "period": period,
        "kinds": [
            (kind.label, address(kept, kind, period.since), kind == period.kind) for kind in MONTHS
        ],
        "others": {
            way: address(kept, period.kind, each.since)
            for each, way in others
            if rules.is_told(each, today)
        },
        "found": found,
        "days": [rules.MONDAY + dt.timedelta(days=n) for n in range(rules.DAYS)],
    }
    if found.total:
        context["chart"] = chart(found, period)
    if found.cells is not None:
        context["hours"] = [
            (hour, [(row[hour], found.shade(row[hour])) for row in found.cells])
            for hour in range(rules.HOURS)
        ]
    return render(request, "places/desk/visit_hours.html", context)


def address(kept: dict[str, str], kind: PeriodKind, day: dt.date) -> str:
    """The same page over another period."""
    return "?" + urlencode(kept | {"period": kind.value, "day": day.isoformat()})


def chart(found: WhenTheyCome, period: Period) -> Chart:
    """By the hour, all weekdays together. Hours with fewer than ten are left out at both ends."""
    hours = [hour for hour, number in enumerate(found.by_hour) if number] or [0]
    return Chart(
        id="visits-by-hour",
        kind="count",
        title=_("Most come between %(hour)s and %(until)s")
        % {"hour": f"{found.busiest}:00", "until": f"{found.busiest + 1}:00"},
        row_label=_("Hour that begins at"),
        value_label=_("Visits, rounded down to tens"),
        source=_("check-ins at plates and doors on this node"),
        date=period.last,
        points=[
            Point(f"{hour}:00", found.by_hour[hour]) for hour in range(hours[0], hours[-1] + 1)
        ],
    )
