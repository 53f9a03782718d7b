"""/calendar-address: the address under which calendars of other programs read one's own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status

from niangjia.activities.schemas.calendars import CalendarAddressMade, CalendarAddressOut
from niangjia.activities.selectors import calendars as selectors
from niangjia.activities.services import calendars as services
from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of

router = Router(tags=["activities"])


@router.get("", response=CalendarAddressOut, summary="Whether my calendar has an address")
def show_calendar_address(request: HttpRequest) -> dict[str, Any]:
    """Since when; the address itself was shown once."""
    found = selectors.find_address(account_of(request))
    return {"made_at": found.made_at if found else None}


@router.post("", response={201: CalendarAddressMade}, summary="A new address of my calendar")
def make_calendar_address(request: HttpRequest) -> Status[dict[str, Any]]:
    """Shown once, and no answer is remembered. The one before ends."""
    idempotency.read_anew(request)
    token = services.make_address(by=account_of(request), now=clock.now())
    path = reverse("activities:own_calendar", args=[token])
    return Status(201, {"url": request.build_absolute_uri(path)})


@router.delete("", response={204: None}, summary="End the address of my calendar")
def end_calendar_address(request: HttpRequest) -> Status[None]:
    """It leads nowhere any more. Twice is once."""
    services.end_address(by=account_of(request), now=clock.now())
    return Status(204, None)
