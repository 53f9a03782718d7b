"""What the API says about unions."""

import datetime as dt
from typing import Any

from ninja import Schema

from niangjia.organisations.models import Kind, Origin, Status, WorkerKind
from niangjia.organisations.selectors import FoundUnion, UnionPage


class UnionItem(Schema):
    """A union in a list."""

    number: str
    name: str
    kind: Kind
    status: Status
    origin: Origin
    place: str
    address: str
    phone: str
    admits_directly: list[WorkerKind]
    longitude: float | None
    latitude: float | None
    is_approximate: bool
    distance_metres: float | None


class UnionList(Schema):
    """A page of unions. `next` goes into `cursor`; null at the end."""

    items: list[UnionItem]
    next: str | None


class UnionName(Schema):
    """A union by number and name."""

    number: str
    name: str
    kind: Kind


class UnionNames(Schema):
    """A page of unions by number and name. `next` goes into `cursor`; null at the end."""

    items: list[UnionName]
    next: str | None


class Place(Schema):
    """A division."""

    code: str
    name: str


class KindCount(Schema):
    """How many unions of a kind lie below."""

    kind: Kind
    count: int


class UnionDetail(UnionName):
    """A union's public page. `members_from` and `members_to` say how many members lie in its
    subtree: a band, open at the top; exact counts are /nation's. `answer_by_date` is promised to
    who applies today."""

    status: Status
    origin: Origin
    division: Place
    trade: str
    introduction: str
    address: str
    phone: str
    email: str
    opening_hours: str
    is_open: bool | None
    longitude: float | None
    latitude: float | None
    uscc: str | None
    founded_date: dt.date | None
    committee_elected_date: dt.date | None
    committee_ends_date: dt.date | None
    admits_directly: list[WorkerKind]
    is_joinable: bool
    answer_working_days: int
    answer_by_date: dt.date
    answer_by_is_certain: bool
    members_from: int
    members_to: int | None
    chain: list[UnionName]
    employers: list[str]
    below: list[KindCount]
    children: list[UnionName]
    has_more_children: bool


class GuideAnswer(Schema):
    """Where to go, the nearest level first. `upper` are the federations of the place."""

    division: Place
    direct: list[UnionName]
    upper: list[UnionName]
    at_employer: list[UnionItem]


def item_of(union: FoundUnion) -> dict[str, Any]:
    """A found union as the API shows it."""
    return {name: getattr(union, name) for name in UnionItem.model_fields}


COPIED = (
    *("number", "name", "kind", "status", "origin", "division", "trade", "introduction"),
    *("address", "phone", "email", "opening_hours", "longitude", "latitude", "uscc"),
    *("founded_date", "committee_elected_date", "committee_ends_date", "admits_directly"),
    "answer_working_days",
)


def detail_of(shown: UnionPage) -> dict[str, Any]:
    """A union's page as the API shows it."""
    return {
        **{name: getattr(shown.union, name) for name in COPIED},
        "is_open": shown.hours.is_open if shown.hours else None,
        "is_joinable": shown.is_joinable,
        "answer_by_date": shown.answer_by.date,
        "answer_by_is_certain": shown.answer_by.is_certain,
        "members_from": shown.members_from,
        "members_to": shown.members_to,
        "chain": shown.chain,
        "employers": [employer.name for employer in shown.employers],
        "below": [{"kind": kind, "count": count} for kind, count in shown.below.kinds],
        "children": shown.below.children,
        "has_more_children": shown.below.has_more,
    }
