"""/desk/place-visits, /desk/places/{code}/visit-hours: when people come, in tens."""

import dataclasses
from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.core import clock
from niangjia.core.periods import Period, PeriodKind
from niangjia.members.doors import posts_for
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.places.rules import visit_hours as rules
from niangjia.places.rules.visit_hours import WhenTheyCome
from niangjia.places.schemas.visit_hours import VisitHoursOut
from niangjia.places.selectors import visit_hours as selectors
from niangjia.places.selectors.desk import KEEPS, access_place_within

of_unions = Router(tags=["desk"])
of_places = Router(tags=["desk"])


def shown(found: WhenTheyCome, period: Period) -> dict[str, Any]:
    """As `VisitHoursOut`."""
    days = {"period": period.kind, "since": period.since, "last": period.last}
    return days | dataclasses.asdict(found)


@of_unions.get("", response=VisitHoursOut, summary="When people come to a union's places")
def list_union_visit_hours(
    request: HttpRequest, union: str = "", period: str = "", day: str = ""
) -> dict[str, Any]:
    """Of a union (by its number; the highest one's own without) and all below it, over the month,
    quarter or year that `day` lies in; a period that is not told yet is answered by the latest that
    is."""
    posts = posts_for(request, KEEPS)
    number = union or holding(posts, KEEPS)[0].union.number
    found = access_union_within(posts, KEEPS, number)
    chosen = rules.chosen({"period": period, "day": day}, PeriodKind.MONTH, clock.today())
    return shown(selectors.when_within(found, chosen), chosen)


@of_places.get("/{code}/visit-hours", response=VisitHoursOut, summary="When people come")
def list_place_visit_hours(
    request: HttpRequest, code: str, period: str = "", day: str = ""
) -> dict[str, Any]:
    """To one place, over the month, quarter or year that `day` lies in."""
    place = access_place_within(posts_for(request, KEEPS), code)
    chosen = rules.chosen({"period": period, "day": day}, PeriodKind.QUARTER, clock.today())
    return shown(selectors.when_at_place(place, chosen), chosen)
