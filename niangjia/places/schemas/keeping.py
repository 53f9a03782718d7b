"""Keeping and listing places, by operations."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.organisations.models import WorkerKind
from niangjia.places.models import Access, Ending, Have, Kind, Language, Sort, State


class KeptPlace(Schema):
    """A place one keeps. `ticked_at`: when somebody said today that it is open; `asked_at`: when
    they were asked."""

    code: str
    name: str
    state: State
    ticked_at: dt.datetime | None
    asked_at: dt.datetime | None


class KeptPlaceList(Schema):
    items: list[KeptPlace]
    next: str | None


class OpeningTickIn(Schema):
    """Open today; `lacking` are facilities that are missing or broken."""

    lacking: list[str] = []


class OtherHoursIn(Schema):
    """Other hours on these days, in OpenStreetMap's opening_hours; "" closes it."""

    first_date: dt.date
    last_date: dt.date
    hours: str = ""
    reason: str


class OtherHoursOut(OtherHoursIn):
    id: uuid.UUID


class PlaceSupplyIn(Schema):
    """Something that stands there from now on."""

    name: str
    sort: Sort = Sort.SUPPLY
    amount: int = 1
    facility: str = ""
    expires_date: dt.date | None = None
    check_date: dt.date | None = None


class PlaceSupplyOut(PlaceSupplyIn):
    id: uuid.UUID
    added_at: dt.datetime
    ended_at: dt.datetime | None
    ending: str


class SupplyEndingIn(Schema):
    """What became of it."""

    ending: Ending


class SupplyCheckIn(Schema):
    """It works; when it is to be looked at again."""

    next_date: dt.date | None = None


class PlaceListingIn(Schema):
    """A place as it is written down. The point is in degrees, WGS-84; `division` is a county's code
    of six digits."""

    kind: Kind
    name: str
    name_en: str = ""
    introduction: str = ""
    division: str
    address: str
    way_in: str = ""
    longitude: float
    latitude: float
    phone: str = ""
    hours: str
    facilities: list[str] = []
    haves: list[Have] = []
    languages: list[Language] = []
    accessibility: list[Access] = []
    welcome: list[WorkerKind] = []
    area_m2: int | None = None
    seats: int | None = None
    parking_bays: int | None = None


class PlaceChangeIn(PlaceListingIn):
    """`knows_neighbours`: what stands at this door already is another place. `knows_point`: it is
    there, whatever outlines and known addresses say against it."""

    knows_neighbours: bool = False
    knows_point: bool = False


class NewPlaceIn(PlaceChangeIn):
    """The same of a new place; `union` keeps it."""

    union: str


class DeskPlaceOut(PlaceListingIn):
    """A place as its officers see it."""

    code: str
    union: str
    state: State
    changed_at: dt.datetime


class DeskPlaceList(Schema):
    items: list[DeskPlaceOut]
    next: str | None


class PlaceWordsIn(Schema):
    """A few words that go with a step."""

    words: str = ""


class PlaceCheckIn(Schema):
    """The checklist: "ok" or "bad" by item, and what is wrong by item."""

    who: str
    answers: dict[str, str]
    words: dict[str, str] = {}


class PlaceClosingIn(Schema):
    """Why: people will come and ask."""

    reason: str


class PlaceHoursIn(Schema):
    """OpenStreetMap's opening_hours."""

    hours: str


class KeeperOut(Schema):
    """Who keeps a place, as the union calls them."""

    id: uuid.UUID
    known_as: str
    since_at: dt.datetime


class KeeperList(Schema):
    items: list[KeeperOut]
    next: str | None


class KeeperLinkIn(Schema):
    """For whom a link is made."""

    known_as: str


class KeeperLinkOut(Schema):
    """The token of the link /keeping/invitations/<token>/: shown once, good for a week."""

    token: str


class PlateOut(Schema):
    """The plate in force. `doubted_at`: since when phones that scan it are far from the place."""

    key: str
    issued_at: dt.datetime
    doubted_at: dt.datetime | None


class PlateRenewalIn(Schema):
    """What became of the old plate."""

    reason: str
