"""This room's objects at one union, for the matrix of routes and roles."""

import datetime as dt
import uuid

from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.places import services
from niangjia.places.models import Place, Siting, Sort
from niangjia.places.rules.voices import Speaker
from niangjia.places.tests.factories import (
    make_keeper,
    make_objection,
    make_photo,
    make_place,
    make_problem,
    make_site_photo,
)
from niangjia.places.tests.lists import row, send

NOBODYS = str(uuid.UUID(int=7))
MISSING_PLACES = {
    "place": "9" * 13,
    "kept_place": "9" * 13,
    "keeper": NOBODYS,
    "place_hours": NOBODYS,
    "place_list": NOBODYS,
    "kept_hours": NOBODYS,
    "kept_supply": NOBODYS,
    "kept_request": NOBODYS,
    "lock": NOBODYS,
    "supply_request": NOBODYS,
    "round": NOBODYS,
    "star_objection": NOBODYS,
    "inspection": NOBODYS,
    "problem": NOBODYS,
    "kept_problem": NOBODYS,
    "site_photo": NOBODYS,
    "place_photo": NOBODYS,
    "kept_place_photo": NOBODYS,
    "kept_photo": NOBODYS,
    "siting": NOBODYS,
}


def make_places(union: Union, account: Account | None = None) -> dict[str, str]:
    """A place of `union` that somebody, or `account`, keeps: what stands in addresses."""
    now = clock.now()
    place = make_place(union)
    keeper = make_keeper(place, account or make_account())
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
    problem = make_problem(place, make_post(union=union), now=now)
    inspection = problem.inspection
    photo = make_site_photo(problem, now=now)
    on_page = make_photo(place, keeper.account, now=now)
    services.make_lock(by=make_post(union=union), place=place, name="正门", now=now)
    asked = services.ask_for_supplies(
        place=place, what="饮用水", speaker=Speaker(device="phone"), now=now
    )
    sent = send(make_post(union=union), row("城店路工会驿站", 120.09, 29.32))
    siting = Siting.objects.create(
        union=union, who="workers", window="all", stations=3, asked_at=now
    )
    objection = make_objection(place, keeper.account, now=now)
    # Copies hear of a place a minute after it has changed.
    Place.objects.filter(pk=place.pk).update(changed_at=now - dt.timedelta(hours=1))
    return {
        "siting": str(siting.pk),
        "round": str(inspection.round_id),
        "inspection": str(inspection.pk),
        "star_objection": str(objection.pk),
        "problem": str(problem.pk),
        "kept_problem": str(problem.pk),
        "site_photo": str(photo.pk),
        "place_photo": str(on_page.pk),
        "kept_place_photo": str(on_page.pk),
        "kept_photo": str(photo.pk),
        "place": place.code,
        "kept_place": place.code,
        "keeper": str(keeper.pk),
        "place_hours": str(hours.pk),
        "place_list": str(sent.pk),
        "kept_hours": str(hours.pk),
        "kept_supply": str(supply.pk),
        "kept_request": str(asked.pk),
        "lock": str(place.locks.get().pk),
        "supply_request": str(asked.pk),
    }
