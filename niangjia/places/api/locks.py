"""/locks: what a door's lock asks and tells (docs/locks.md); locks at the desk; a member's code."""

import base64
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of, address_of, posts_for
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.models import Lock
from niangjia.places.schemas.locks import (
    DoorCodeOut,
    DoorEventsIn,
    DoorEventsOut,
    LockList,
    LockOut,
    LockPackOut,
    LockPairingIn,
    LockPairingOut,
    NewLockIn,
    NewLockOut,
)
from niangjia.places.selectors import desk as places
from niangjia.places.selectors import locks as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.places import access_public
from niangjia.places.services.locks import Happened, issue_pass

device = Router(tags=["locks"], auth=None)
desk = Router(tags=["desk"])
member = Router(tags=["places"])


def lock_of(request: HttpRequest) -> Lock:
    """The lock that asks. Raises `NotFound`."""
    return selectors.access_lock_by_token(request.headers.get("X-Lock-Token", ""))


@device.post("/pairing", response={201: LockPairingOut}, summary="A lock is mounted")
def pair_lock(request: HttpRequest, payload: LockPairingIn) -> Status[dict[str, Any]]:
    """Once for each code, within half an hour. Guessing is throttled."""
    idempotency.read_anew(request)
    lock, token = services.pair_lock(
        code=payload.code, address=address_of(request), now=clock.now()
    )
    return Status(201, {"lock": lock.pk, "token": token})


@device.post("/own/pack", response=LockPackOut, summary="What a lock needs for three days")
def fetch_lock_pack(request: HttpRequest) -> dict[str, Any]:
    """Fetched as often as there is a network; hours may have changed."""
    idempotency.read_anew(request)
    now = clock.now()
    pack = services.take_pack(lock=lock_of(request), now=now)
    return {
        "lock": pack.lock_id,
        "now": now,
        "keys": [
            {"date": date, "key": base64.b64encode(key).decode()} for date, key in pack.keys.items()
        ],
        "open": [{"begins_at": begin, "ends_at": end} for begin, end in pack.open],
        "valid_until": pack.valid_until,
    }


@device.post("/own/events", response=DoorEventsOut, summary="What happened at a door")
def tell_events(request: HttpRequest, payload: DoorEventsIn) -> dict[str, Any]:
    """At once or later; what was told before changes nothing."""
    taken = services.take_events(
        lock=lock_of(request),
        events=[Happened(**event.dict()) for event in payload.events],
        device_now=payload.now,
        now=clock.now(),
    )
    return {"taken": sorted(taken)}


@member.get("/{code}/door-code", response=DoorCodeOut, summary="The code that opens the door")
def show_door_code(request: HttpRequest, code: str) -> dict[str, Any]:
    """For members; 409 says kindly why not. Nothing is written down."""
    idempotency.read_anew(request)
    account = account_of(request)
    lock = selectors.access_lock_at(access_public(code))
    shown = issue_pass(account=account, lock=lock, now=clock.now())
    return {"text": shown.text, "seconds_left": shown.seconds_left}


@desk.get("/places/{code}/locks", response=LockList, summary="The locks of a place")
def list_locks(request: HttpRequest, code: str) -> dict[str, Any]:
    """Those in use first."""
    place = places.access_place_within(posts_for(request, KEEPS), code)
    return {"items": selectors.list_locks(place), "next": None}


@desk.post("/places/{code}/locks", response={201: NewLockOut}, summary="Make a lock to be paired")
def make_lock(request: HttpRequest, code: str, payload: NewLockIn) -> Status[dict[str, str]]:
    """The pairing code is shown once."""
    idempotency.read_anew(request)
    posts = posts_for(request, KEEPS)
    place = places.access_place_within(posts, code)
    by = access_acting_post(posts, KEEPS, place.union.path)
    pairing = services.make_lock(by=by, place=place, name=payload.name, now=clock.now())
    return Status(201, {"pairing_code": pairing})


@desk.post("/locks/{lock_id}/revocation", response=LockOut, summary="Revoke a lock")
def revoke_lock(request: HttpRequest, lock_id: str) -> Lock:
    """Twice is once."""
    posts = posts_for(request, KEEPS)
    lock = selectors.access_lock_within(posts, lock_id)
    by = access_acting_post(posts, KEEPS, lock.place.union.path)
    return services.revoke_lock(by=by, lock=lock, now=clock.now())
