"""This room's objects at one union, for the matrix of routes and roles."""

import datetime as dt
import uuid

from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.organisations.models import Union
from niangjia.places import services
from niangjia.places.models import Sort
from niangjia.places.tests.factories import make_keeper, make_place

NOBODYS = str(uuid.UUID(int=7))
MISSING_PLACES = {
    "place": "9" * 13,
    "kept_place": "9" * 13,
    "keeper": NOBODYS,
    "place_hours": NOBODYS,
    "kept_hours": NOBODYS,
    "kept_supply": NOBODYS,
}


def make_places(union: Union) -> dict[str, str]:
    """A place of `union` that somebody keeps: what stands in addresses."""
    now = clock.now()
    place = make_place(union)
    keeper = make_keeper(place, make_account())
    today = now.astimezone(clock.CHINA).date()
    hours = services.set_other_hours(
        by=None,
        place=place,
        first_date=today,
        last_date=today + dt.timedelta(days=1),
        hours="",
        reason="装修",
        now=now,
    )
    supply = services.add_supply(
        by=keeper.account, place=place, sort=Sort.SUPPLY, name="创可贴", now=now
    )
    return {
        "place": place.code,
        "kept_place": place.code,
        "keeper": str(keeper.pk),
        "place_hours": str(hours.pk),
        "kept_hours": str(hours.pk),
        "kept_supply": str(supply.pk),
    }
