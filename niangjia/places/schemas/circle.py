"""Whom stations reach, and where to open the next, for other programs."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from niangjia.places.models import Who, Window
from niangjia.places.models.siting import MOST_STATIONS


class CoverageOut(Schema):
    """Of `total` people, in tens, a station within fifteen minutes on foot is open for so many,
    hour by hour for seven days from `first_date`; `share` is their share over the hours asked for,
    per cent, rounded down. Walks go along streets from `along_streets` of the `stations` there, by
    the straight line × 1.3 from the others; `attribution`: whom to name for the streets."""

    division: str
    who: Who
    window: Window
    total: int
    share: int
    hours: list[int]
    unplaced: int
    stations: int
    along_streets: int
    attribution: str
    first_date: dt.date
    measured_at: dt.datetime


class OwnUnionReached(Schema):
    """One of a union's unions: in how many per cent of the hours asked for a station near its
    office is open."""

    union: str
    name: str
    division: str
    share: int


class OwnCoverageOut(Schema):
    """The same of a union's own members, along both trees, each where their union has its office.
    `total` in tens; `unplaced` are not among them. `worst`: the unions with the most members not
    reached. Null where fewer than eight can be placed, and for federations."""

    union: str
    window: Window
    total: int | None = None
    share: int | None = None
    hours: list[int] = []
    unplaced: int | None = None
    divisions: int | None = None
    first_date: dt.date | None = None
    worst: list[OwnUnionReached] = []


class SitingIn(Schema):
    """Where `stations` more should open for the people of a union's division."""

    union: str
    stations: Annotated[int, Field(ge=1, le=MOST_STATIONS)]
    who: Who = Who.WORKERS
    window: Window = Window.ALL


class SitingItem(Schema):
    """`progress` is per cent."""

    id: uuid.UUID
    division: str
    who: Who
    window: Window
    stations: int
    state: str
    progress: int
    asked_at: dt.datetime
    ended_at: dt.datetime | None


class SitingList(Schema):
    items: list[SitingItem]
    next: str | None


class SitingOut(SitingItem):
    """Once it is done: `people`, and those reached `before` and `after`, on average over the hours
    of the window. The gain is `at_least` so many per cent of the best possible. `proposals` are
    features of GeoJSON, the one that gains most first; `idea` says what would be done there: "open"
    what is on its way, "hours": longer ones, "inside": a station in another place, "office": at a
    union's, "new": a door is still to be found. From `along_streets` of the candidates walks
    go along streets; `attribution`: whom to name for them."""

    people: int | None = None
    before: int | None = None
    after: int | None = None
    at_least: int | None = None
    candidates: int | None = None
    along_streets: int | None = None
    attribution: str = ""
    proposals: list[dict[str, Any]] = []
