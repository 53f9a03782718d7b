"""/keeping: what a keeper notes on a phone, by the services of the pages."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock
from niangjia.members.doors import account_of
from niangjia.places import services
from niangjia.places.models import HoursOverride, OpeningDay, Place, Supply
from niangjia.places.schemas.keeping import (
    KeptPlace,
    KeptPlaceList,
    OpeningTickIn,
    OtherHoursIn,
    OtherHoursOut,
    PlaceSupplyIn,
    PlaceSupplyOut,
    SupplyCheckIn,
    SupplyEndingIn,
)
from niangjia.places.selectors import keeping as selectors

router = Router(tags=["keeping"])


def kept(place: Place, today: OpeningDay | None) -> dict[str, Any]:
    """A place, and what was said of today, as `KeptPlace`."""
    values = {name: getattr(place, name) for name in ("code", "name", "state")}
    return values | {name: getattr(today, name, None) for name in ("ticked_at", "asked_at")}


@router.get("/places", response=KeptPlaceList, summary="Places I keep")
def list_kept_places(request: HttpRequest) -> dict[str, Any]:
    """By name. `next` is always null: nobody keeps many."""
    found = selectors.list_kept_today(account_of(request), clock.now())
    return {"items": [kept(place, today) for place, today in found], "next": None}


@router.post("/places/{code}/tick", response=KeptPlace, summary="Open today")
def tick_opening(request: HttpRequest, code: str, payload: OpeningTickIn) -> dict[str, Any]:
    """Everybody sees it at once. Again it corrects what is lacking."""
    account = account_of(request)
    place = selectors.access_kept(account, code)
    services.tick_opening(by=account, place=place, lacking=payload.lacking, now=clock.now())
    return kept(place, selectors.find_today(place, clock.now()))


@router.post(
    "/places/{code}/closures", response={201: OtherHoursOut}, summary="Shut, or other hours"
)
def shut_for_days(request: HttpRequest, code: str, payload: OtherHoursIn) -> Status[HoursOverride]:
    """Those for the fewest days win."""
    account = account_of(request)
    place = selectors.access_kept(account, code)
    made = services.shut_for_days(by=account, place=place, now=clock.now(), **payload.dict())
    return Status(201, made)


@router.delete("/closures/{override_id}", response={204: None}, summary="The usual hours again")
def open_again(request: HttpRequest, override_id: str) -> Status[None]:
    """From now on."""
    account = account_of(request)
    override = selectors.access_kept_override(account, override_id)
    services.open_again(by=account, override=override, now=clock.now())
    return Status(204, None)


@router.post("/places/{code}/supplies", response={201: PlaceSupplyOut}, summary="Something came in")
def add_supply(request: HttpRequest, code: str, payload: PlaceSupplyIn) -> Status[Supply]:
    """What expires or has to be checked."""
    account = account_of(request)
    place = selectors.access_kept(account, code)
    made = services.add_supply(by=account, place=place, now=clock.now(), **payload.dict())
    return Status(201, made)


@router.post("/supplies/{supply_id}/ending", response=PlaceSupplyOut, summary="It is there no more")
def end_supply(request: HttpRequest, supply_id: str, payload: SupplyEndingIn) -> Supply:
    """Twice is once."""
    account = account_of(request)
    found = selectors.access_kept_supply(account, supply_id)
    return services.end_supply(by=account, supply=found, ending=payload.ending, now=clock.now())


@router.post("/supplies/{supply_id}/check", response=PlaceSupplyOut, summary="Checked, it works")
def check_supply(request: HttpRequest, supply_id: str, payload: SupplyCheckIn) -> Supply:
    """And when it is to be looked at again."""
    account = account_of(request)
    found = selectors.access_kept_supply(account, supply_id)
    day = payload.next_date
    return services.check_supply(by=account, supply=found, next_date=day, now=clock.now())
