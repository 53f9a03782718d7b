"""Places for other programs."""

import datetime as dt
from typing import Any

from ninja import Schema


class OpenOtherHours(Schema):
    """Other hours on these days; empty `hours`: shut. Of several that cover a day those for the
    fewest days count."""

    first_date: dt.date
    last_date: dt.date
    hours: str
    reason: str


class OpenPlace(Schema):
    """A place on the map, or taken off it (`state` closed). Longitude and latitude are degrees,
    WGS-84; `hours` are OpenStreetMap's opening_hours. `unsafe_since`: shut, as something there is
    dangerous and is being put right."""

    code: str
    kind: str
    state: str
    name: str
    name_en: str
    union: str
    division: str
    address: str
    way_in: str
    phone: str
    longitude: float
    latitude: float
    hours: str
    facilities: list[str]
    languages: list[str]
    accessibility: list[str]
    welcome: list[str]
    area_m2: int | None
    seats: int | None
    parking_bays: int | None
    is_made_up: bool
    other_hours: list[OpenOtherHours]
    unsafe_since: dt.datetime | None
    changed_at: dt.datetime
    closed_at: dt.datetime | None
    close_reason: str


class OpenPlaceList(Schema):
    items: list[OpenPlace]
    next: str | None


class PlaceFeatures(Schema):
    """A feature collection (RFC 7946); `next` leads to the following page."""

    type: str
    features: list[dict[str, Any]]
    next: str | None


class PlaceServices(Schema):
    """Services of Open Referral's HSDS 3, each with organisation, location and schedules."""

    items: list[dict[str, Any]]
    next: str | None
