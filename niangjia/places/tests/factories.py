"""Places, made by the services."""

import datetime as dt
import hashlib
from io import BytesIO
from typing import Any

from niangjia.core import clock
from niangjia.core.files import Examined, pictures
from niangjia.core.files import Kind as FileKind
from niangjia.core.tests import hostile
from niangjia.members.models import Account, Post
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import (
    Found,
    Inspection,
    Keeper,
    Kind,
    Place,
    PlacePhoto,
    Problem,
    Round,
    SitePhoto,
    StarObjection,
    StarRating,
)
from niangjia.places.rules.listing import Listing
from niangjia.places.services import inspecting, photographing
from niangjia.places.services.inspecting import Notes
from niangjia.places.services.planning import Tour

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


def make_round(
    by: Post, *places: Place, now: dt.datetime | None = None, drives: bool = False
) -> Round:
    """A round over these places, handed to `by`, today."""
    now = now or clock.now()
    today = now.astimezone(clock.CHINA).date()
    tour = Tour(name="年前巡查", date=today, account_ids=[by.account_id], drives=drives)
    return services.plan_round(by=by, union=by.union, places=places, tour=tour, now=now)


def notes_of(inspection: Inspection, *, plate: str = "", **wrong: str) -> Notes:
    """Everything was all right but for the items of `wrong`: "bad" or "danger"."""
    answers = {item.key: wrong.get(item.key, "ok") for item in inspecting.items_of(inspection)}
    words = dict.fromkeys(wrong, "不好用了")
    return Notes(found=Found.OPEN, answers=answers, item_words=words, plate=plate)


def make_problem(
    place: Place, by: Post, *, item: str = "water", answer: str = "bad", now: dt.datetime
) -> Problem:
    """An officer finds something wrong on a round."""
    inspection = make_round(by, place, now=now).inspections.get()
    notes = notes_of(inspection, **{item: answer})
    services.finish_inspection(by=by, inspection=inspection, notes=notes, now=now)
    return place.problems.filter(about=item).latest("opened_at")


def make_site_photo(problem: Problem, *, now: dt.datetime) -> SitePhoto:
    """A photo of the step that opened it."""
    clean = pictures.examined(BytesIO(hostile.photo()), name="现场.jpg", field="photo")
    return photographing.add_to_step(step=problem.steps.earliest("at"), clean=clean, now=now)


def make_rating(place: Place, *, stars: int = 5, now: dt.datetime) -> StarRating:
    """A union above gives a place its stars by hand; fewer than it has are announced."""
    top = make_post(union=place.union.parent or place.union)
    return services.set_stars(by=top, place=place, stars_given=stars, reason="现场核查", now=now)


def make_objection(place: Place, account: Account, *, now: dt.datetime) -> StarObjection:
    """Whoever keeps a place objects to fewer stars."""
    make_rating(place, now=now)
    fewer = make_rating(place, stars=2, now=now)
    words = "那天是市政停水，第二天就恢复了"
    return services.object_to_stars(by=account, rating=fewer, words=words, now=now)


def clean_photo(size: tuple[int, int] = (1200, 900)) -> Examined:
    """A picture as the cleaning gives it."""
    content = hostile.photo(size=size, exif=False)
    digest = hashlib.sha256(content).hexdigest()
    return Examined(FileKind.JPEG, "a.jpg", len(content), digest, content, pixels=size)


def make_photo(
    place: Place, by: Account, *, size: tuple[int, int] = (1200, 900), now: dt.datetime
) -> PlacePhoto:
    """A photo on the page of a place."""
    clean = clean_photo(size)
    return services.add_photo(by=by, place=place, clean=clean, alt="门口的招牌", now=now)
