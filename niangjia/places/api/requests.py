"""Supplies: asked for at /places, received by keepers, answered at the desk."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for, visitor_or_account
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms import reporting
from niangjia.places.models import SupplyRequest
from niangjia.places.models.requests import OPEN
from niangjia.places.schemas.requests import (
    SupplyReceiptIn,
    SupplyRefusalIn,
    SupplyRequestAtDesk,
    SupplyRequestIn,
    SupplyRequestList,
    SupplyRequestOut,
    SupplyShipmentIn,
)
from niangjia.places.selectors import places
from niangjia.places.selectors import requests as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.keepers import answers_for

public = Router(tags=["places"], auth=None)
keeping = Router(tags=["keeping"])
desk = Router(tags=["desk"])
NAMES = ("id", "what", "facility", "state", "asks", "by_keeper", "asked_at")
ALSO = ("expected_date", "reason", "due_at", "case_number")


def shown(found: SupplyRequest) -> dict[str, Any]:
    """A request as `SupplyRequestAtDesk`, less of it as `SupplyRequestOut`."""
    values = {name: getattr(found, name) for name in (*NAMES, *ALSO)}
    return values | {"place": found.place.code, "is_case": found.case_id is not None}


@public.post(
    "/{code}/supply-requests", response={201: SupplyRequestOut}, summary="Ask for supplies"
)
def ask_for_supplies(
    request: HttpRequest, code: str, payload: SupplyRequestIn
) -> Status[dict[str, Any]]:
    """No account needed; throttled. What is asked for already is joined."""
    place = places.access_public(code)
    account = visitor_or_account(request)
    found = services.ask_for_supplies(
        place=place,
        what=payload.what,
        facility=payload.facility,
        speaker=reporting.speaker_of(request),
        account=account,
        by_keeper=answers_for(account, place),
        now=clock.now(),
    )
    return Status(201, shown(found))


@keeping.post(
    "/{request_id}/receipt", response=SupplyRequestOut, summary="What I asked for has come"
)
def receive_supplies(
    request: HttpRequest, request_id: str, payload: SupplyReceiptIn
) -> dict[str, Any]:
    """By a keeper of the place. Twice is once."""
    account = account_of(request)
    found = selectors.access_kept_request(account, request_id)
    values = payload.dict()
    return shown(services.receive_supplies(by=account, request=found, now=clock.now(), **values))


def found_for(request: HttpRequest, request_id: str) -> tuple[SupplyRequest, Post]:
    """A request within reach, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_request_within(posts, request_id)
    return found, access_acting_post(posts, KEEPS, found.place.union.path)


@desk.get("", response=SupplyRequestList, summary="Supplies asked for within reach")
def list_supply_requests(
    request: HttpRequest, ended: bool = False, cursor: str | None = None
) -> dict[str, Any]:
    """The newest first; those to be answered, or with `ended` the others."""
    found = selectors.list_requests_within(posts_for(request, KEEPS))
    found = found.exclude(state__in=OPEN) if ended else found.filter(state__in=OPEN)
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(shown, page.items)), "next": page.next}


@desk.post(
    "/{request_id}/shipment", response=SupplyRequestAtDesk, summary="Supplies are on their way"
)
def send_supplies(
    request: HttpRequest, request_id: str, payload: SupplyShipmentIn
) -> dict[str, Any]:
    """Whoever asked is told. Again it corrects the day."""
    found, by = found_for(request, request_id)
    day = payload.expected_date
    return shown(services.send_supplies(by=by, request=found, expected_date=day, now=clock.now()))


@desk.post(
    "/{request_id}/refusal", response=SupplyRequestAtDesk, summary="Supplies are not brought"
)
def decline_supplies(
    request: HttpRequest, request_id: str, payload: SupplyRefusalIn
) -> dict[str, Any]:
    """With the reason, which whoever asked reads."""
    found, by = found_for(request, request_id)
    return shown(
        services.decline_supplies(by=by, request=found, reason=payload.reason, now=clock.now())
    )


@desk.post("/{request_id}/arrival", response=SupplyRequestAtDesk, summary="Supplies have arrived")
def note_arrival(request: HttpRequest, request_id: str) -> dict[str, Any]:
    """Said by the union itself. Twice is once."""
    found, by = found_for(request, request_id)
    return shown(services.receive_supplies(by=by.account, request=found, now=clock.now()))
