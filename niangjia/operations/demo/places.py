"""Stations of the demonstration: listed, published, with other hours and what people said."""

import datetime as dt
from contextlib import suppress

from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo.place_words import ALL, OTHER_HOURS, SAID, WORDS, Told
from niangjia.organisations.models import Union
from niangjia.places import services
from niangjia.places.models import Have, Place
from niangjia.places.rules.listing import Listing
from niangjia.places.rules.voices import Speaker
from niangjia.regions import selectors as regions

PHONE = "0579-85112351"
LISTED = dt.timedelta(days=120)


def load(*, progress: Progress) -> None:
    """Through the services, each at its time; once only."""
    if Place.objects.exists():
        return
    now = clock.now()
    federations: dict[str, Union] = {}
    places = {}
    for done, told in enumerate(ALL, start=1):
        if told.division not in federations:
            federations[told.division] = desk.federation_of(told.division)
        places[told.name] = put_up(told, federations[told.division], now)
        progress(done, len(ALL))
    for name, first, last, hours, reason in OTHER_HOURS:
        services.set_other_hours(
            by=None,
            place=places[name],
            first_date=clock.today() + dt.timedelta(days=first),
            last_date=clock.today() + dt.timedelta(days=last),
            hours=hours,
            reason=reason,
            now=now,
        )
    for name, minutes, said, facility, people in SAID:
        say(places[name], minutes, said, facility, people, now)
    services.refresh_openings(now=now)


def put_up(told: Told, union: Union, now: dt.datetime) -> Place:
    """One place, on the map for some months."""
    listing = Listing(
        kind=told.kind,
        name=told.name,
        division=regions.access_division(told.division),
        address=told.street,
        longitude=told.point[0],
        latitude=told.point[1],
        hours=told.hours,
        introduction=WORDS if told.kind == "station" else "",
        phone=PHONE,
        facilities=told.facilities + told.more,
        haves=tuple(Have.values),
        area_m2=told.area,
        **told.fields,
    )
    draft = services.draft_place(
        by=None,
        union=union,
        listing=listing,
        now=now - LISTED,
        is_made_up=True,
        knows_neighbours=True,
    )
    return services.publish_place(by=None, place=draft, now=now - LISTED)


def say(
    place: Place, minutes: int, said: str, facility: str, people: int, now: dt.datetime
) -> None:
    """So many people say so, one after the other."""
    for n in range(people):
        speaker = Speaker(account=f"demo-{n}", device=f"demo-{n}", address=f"10.0.{n}.1")
        with suppress(DomainError):
            services.report_place(
                place=place,
                said=said,
                facility=facility,
                speaker=speaker,
                now=now - dt.timedelta(minutes=minutes + 3 * n),
            )
