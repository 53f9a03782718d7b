"""/places/{code}/visits: checking in by what the plate's QR says, and leaving. Public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.doors import visitor_or_account
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.forms import reporting
from niangjia.places.forms.arriving import position_of
from niangjia.places.models import Visit
from niangjia.places.schemas.portal import PlaceVisitIn, PlaceVisitOut
from niangjia.places.selectors import places, visits
from niangjia.places.selectors.keepers import answers_for

router = Router(tags=["places"], auth=None)


@router.post("/{code}/visits", response={201: PlaceVisitOut}, summary="Check in")
def check_in(request: HttpRequest, code: str, payload: PlaceVisitIn) -> Status[Visit]:
    """Again, it is the same visit, which lasts longer. 409 "far" when the phone says that it is
    somewhere else, "plate-dead" for a plate that was replaced."""
    place = places.access_public(code)
    plate = place.plates.filter(key=payload.plate).first()
    if plate is None:
        raise NotFound(_("There is no such page"))
    came = services.arrive(
        plate=plate,
        visitor=reporting.speaker_of(request),
        by_keeper=answers_for(visitor_or_account(request), place),
        near=position(payload.near),
        now=clock.now(),
    )
    if came.visit is None:
        raise Conflict(_("Your phone says that it is somewhere else."), code="far")
    return Status(201, came.visit)


def position(text: str) -> Position | None:
    """Where the phone is. Raises `Invalid` on "near"."""
    try:
        return position_of(text)
    except ValidationError as bad:
        raise Invalid(bad.message, fields={"near": bad.message}) from bad


@router.get("/{code}/visits/own", response=PlaceVisitOut, summary="My visit")
def show_own_visit(request: HttpRequest, code: str) -> Visit:
    """Of the last day; 404 without one."""
    place = places.access_public(code)
    found = visits.find_own_visit(place, reporting.speaker_of(request), now=clock.now())
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


@router.post("/{code}/visits/own/end", response={204: None}, summary="Leave")
def check_out(request: HttpRequest, code: str) -> Status[dict[str, Any] | None]:
    """Twice is once; so is leaving without having come."""
    place = places.access_public(code)
    services.leave(place=place, visitor=reporting.speaker_of(request), now=clock.now())
    return Status(204, None)
