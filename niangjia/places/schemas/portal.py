"""Places as everybody's programs read them."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.places.models import Crowd, Kind, Said, State


class PlaceCrowd(Schema):
    """How full it is, as far as check-ins tell. `at_least` so many people, rounded down to fives;
    null where no number is said."""

    step: Crowd
    at_least: int | None


class PlacePhotoOut(Schema):
    """A photo of a place. `small` and `whole` are addresses of pictures; `width` and `height` are
    pixels of the small one."""

    id: uuid.UUID
    alt: str
    position: int
    width: int
    height: int
    small: str
    whole: str


class PlaceItem(Schema):
    """A place in a list. `metres` over the ground from where somebody said they are, or from the
    middle of the division they named; null by words alone. `minutes` on foot, streets estimated:
    null unless they said exactly where they are.
    `open_until` is null for one that is shut now, `opens_at` for one that is open; `missing`:
    facilities that are not there now. `crowd` is null where too few check in for it to
    mean anything; `found_shut`: from how many networks it was found shut in the last three hours,
    which changes nothing by itself; `last_confirmed_at`: when somebody last said or saw whether it
    is open; `cover` is the address of a small picture of it."""

    code: str
    name: str
    kind: Kind
    address: str
    division: str
    longitude: float
    latitude: float
    facilities: list[str]
    missing: list[str]
    open_until: dt.datetime | None
    opens_at: dt.datetime | None
    found_shut: int
    last_confirmed_at: dt.datetime | None
    is_made_up: bool
    metres: float | None
    minutes: int | None
    crowd: PlaceCrowd | None
    cover: str | None


class PlaceAround(Schema):
    """What the nearest are nearest to: `name` is empty for a position that was given. `is_exact`:
    it is a point to walk from, not the middle of a street or a division. `is_rough`: the address
    says more than that, and nothing there is known by it."""

    name: str
    longitude: float
    latitude: float
    is_exact: bool
    is_rough: bool


class PlaceChoice(Schema):
    """What an address may mean as well; ask with the same address and this `spot`, or with this
    `division` instead of the address."""

    name: str
    district: str
    spot: str
    division: str


class PlaceList(Schema):
    """The nearest in order. `next` is always null: ask with another `size`. `attribution`: whom to
    name for `around` and `choices`."""

    items: list[PlaceItem]
    next: str | None
    around: PlaceAround | None
    choices: list[PlaceChoice]
    attribution: str


class PlaceDay(Schema):
    """One of the coming days. `times` in words; `note` says why it is unlike others."""

    date: dt.date
    times: str
    note: str
    is_shut: bool


class PlaceSaying(Schema):
    """What somebody said. `facility`: what is missing or broken; `photo`: the address of the
    picture that came with it, once somebody has looked at it."""

    at: dt.datetime
    said: Said
    facility: str
    by_keeper: bool
    photo: str | None


class PlaceDetail(Schema):
    """One place. Points are WGS-84; `hours` are OpenStreetMap's opening_hours. `is_said_shut`:
    shown as shut because people say so. `missing`: facilities that are not there now, as people say
    or officers found, or because all they need has expired."""

    code: str
    state: State
    name: str
    name_en: str
    kind: Kind
    union: str
    introduction: str
    division: str
    address: str
    way_in: str
    phone: str
    longitude: float
    latitude: float
    hours: str
    days: list[PlaceDay]
    open_until: dt.datetime | None
    is_said_shut: bool
    found_shut: int
    last_confirmed_at: dt.datetime | None
    facilities: list[str]
    missing: list[str]
    haves: list[str]
    languages: list[str]
    accessibility: list[str]
    welcome: list[str]
    area_m2: int | None
    seats: int | None
    parking_bays: int | None
    said: list[PlaceSaying]
    photos: list[PlacePhotoOut]
    crowd: PlaceCrowd | None
    is_made_up: bool
    changed_at: dt.datetime


class PlaceReportIn(Schema):
    """How somebody found it. `facility` with "lacks" alone."""

    said: Said
    facility: str = ""


class PlaceReportOut(Schema):
    """What became of it."""

    at: dt.datetime
    said: Said
    facility: str
    is_said_shut: bool


class PlaceVisitIn(Schema):
    """Checking in. `plate`: what stands after the place's code in the address that its QR carries;
    `near`: where the phone is, "latitude,longitude" in degrees, WGS-84, or nothing."""

    plate: str
    near: str = ""


class PlaceVisitOut(Schema):
    """One's own visit. After `until_at` one is taken to have left."""

    arrived_at: dt.datetime
    until_at: dt.datetime
    left_at: dt.datetime | None


class PlacePhotoChangeIn(Schema):
    """What is to be seen on a photo, and its turn on the page from 0."""

    alt: str
    position: int | None = None


class SentPhotoOut(Schema):
    """A photo that came with a word, which nobody else sees yet."""

    id: uuid.UUID
    said: Said
    facility: str
