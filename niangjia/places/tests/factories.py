"""Places, made by the services."""

import datetime as dt
from typing import Any

from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Keeper, Kind, Place
from niangjia.places.rules.listing import Listing

ALL_DAY = "24/7"


def make_listing(union: Union, **fields: Any) -> Listing:
    """A station beside the union's own division's point, open around the clock."""
    division = union.division
    values: dict[str, Any] = {
        "kind": Kind.STATION,
        "name": "江滨路工会驿站",
        "division": division,
        "address": "江滨中路 9 号",
        "longitude": division.longitude,
        "latitude": division.latitude,
        "hours": ALL_DAY,
        "facilities": ("water", "meal", "charge", "rest"),
    }
    return Listing(**(values | fields))


def make_draft(
    union: Union | None = None, *, now: dt.datetime | None = None, **fields: Any
) -> Place:
    """A place that only its officers see."""
    union = union or make_union()
    return services.draft_place(
        by=None,
        union=union,
        listing=make_listing(union, **fields),
        now=now or clock.now(),
        knows_neighbours=True,
    )


def make_place(
    union: Union | None = None, *, now: dt.datetime | None = None, **fields: Any
) -> Place:
    """A place that is on the map."""
    draft = make_draft(union, now=now, **fields)
    return services.publish_place(by=None, place=draft, now=now or clock.now())


def at(point: Position) -> dict[str, float]:
    """A point as fields of a listing."""
    return {"longitude": point.longitude, "latitude": point.latitude}


def make_keeper(place: Place, account: Account, *, now: dt.datetime | None = None) -> Keeper:
    """`account` keeps the place, by a link of an officer."""
    now = now or clock.now()
    officer = make_post(union=place.union)
    token = services.invite_keeper(by=officer, place=place, known_as="王师傅", now=now)
    return services.accept_keeping(by=account, token=token, now=now)
