"""/calendar for everybody, /desk/calendar for whoever is in charge of it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from niangjia.core import clock
from niangjia.core.models import WorkingDay
from niangjia.members import services
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action
from niangjia.members.schemas.calendar import DayIn, DayOut, DayRef, Province, YearIn, YearOut
from niangjia.members.selectors.calendar import COUNTRY, show_year

router = Router(tags=["calendar"])
desk = Router(tags=["desk"])


@router.get("", response=YearOut, auth=None, summary="Days off and make-up working days of a year")
def show_calendar(
    request: HttpRequest, year: Annotated[int, Query(ge=2000, le=2100)], province: Province = ""
) -> dict[str, Any]:
    """In a province (GB/T 2260, two digits) with its own days, or in the country."""
    return shown(year, province)


@desk.post("/days", response=DayOut, summary="Enter a day off or a make-up working day")
def set_day(request: HttpRequest, payload: DayIn) -> WorkingDay:
    """Again is no error. Promised days that it moves are counted anew."""
    posts_for(request, Action.EDIT_CALENDAR)
    return services.set_working_day(by=account_of(request), now=clock.now(), **payload.dict())


@desk.post("/clearings", response={204: None}, summary="Take an entry of the calendar back")
def clear_day(request: HttpRequest, payload: DayRef) -> Status[None]:
    """404 when there is none."""
    posts_for(request, Action.EDIT_CALENDAR)
    services.clear_working_day(by=account_of(request), now=clock.now(), **payload.dict())
    return Status(204, None)


@desk.post("/years", response=YearOut, summary="Say that a year is entered completely")
def confirm_year(request: HttpRequest, payload: YearIn) -> dict[str, Any]:
    """For whoever is in charge of the country's calendar."""
    posts_for(request, Action.EDIT_CALENDAR)
    services.confirm_year(by=account_of(request), now=clock.now(), **payload.dict())
    return shown(payload.year, COUNTRY)


def shown(year: int, province: str) -> dict[str, Any]:
    """A year as `YearOut`."""
    found = show_year(year, province)
    return {
        "year": year,
        "province": province,
        "is_known": found.known is not None,
        "source": found.known.source if found.known else "",
        "items": found.entries,
    }
