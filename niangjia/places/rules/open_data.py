"""Places for other people's programs: GeoJSON (RFC 7946), CSV and Open Referral's HSDS 3.

HSDS knows services at locations: a place is one service of its union at one location, with the same
identifier, so that what comes back finds what went out. Its hours are given as text too, since
RRULEs know neither public holidays nor make-up working days.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from niangjia.core.sheets import Value
from niangjia.places.models import HoursOverride, Place, State
from niangjia.places.rules import facilities
from niangjia.places.rules import schedules as rules
from niangjia.places.rules.opening import as_rules, deciding

#: In HSDS every table has identifiers of its own; ours are made from the place's.
NAMESPACE = uuid.UUID("5b0f2f0e-2f53-5d0a-9a51-6f1f3f0f7a11")
FIELDS = (
    *("code", "kind", "state", "name", "name_en", "address", "way_in", "phone", "longitude"),
    *("latitude", "hours", "facilities", "languages", "accessibility", "welcome"),
    *("area_m2", "seats", "parking_bays", "is_made_up", "changed_at", "closed_at", "close_reason"),
    "unsafe_since",
)
OF_OTHER_HOURS = ("first_date", "last_date", "hours", "reason")
#: The columns of the CSV: what a record has, by the same names.
COLUMNS = (*FIELDS, "union", "division", "other_hours")


def record(place: Place) -> dict[str, Any]:
    """A place as the feed gives it, with its other hours that are not past. Points are WGS-84."""
    return {name: getattr(place, name) for name in FIELDS} | {
        "union": place.union.name,
        "division": place.division_id,
        "other_hours": [
            {name: getattr(other, name) for name in OF_OTHER_HOURS} for other in coming_hours(place)
        ],
    }


def coming_hours(place: Place) -> list[HoursOverride]:
    """Its other hours that are not past, as `selectors.open_data` read them."""
    return place.coming_hours  # type: ignore[attr-defined,no-any-return]


def feature(place: Place) -> dict[str, Any]:
    """A place as a feature of GeoJSON: longitude first."""
    known = record(place)
    point = [known.pop("longitude"), known.pop("latitude")]
    return {
        "type": "Feature",
        "id": place.code,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": known,
    }


def table(places: Iterable[Place]) -> Iterator[Sequence[Value]]:
    """`COLUMNS`, then a row for each place, for `core.sheets`."""
    yield COLUMNS
    for place in places:
        known = record(place)
        yield [cell(known[name]) for name in COLUMNS]


def cell(value: Any) -> Value:
    """A value of a record as one cell: keys with ";" between them, other hours as JSON, whether
    something is so as in JSON, and moments in UTC as `changed_since` takes them back."""
    if isinstance(value, list):
        if any(isinstance(each, dict) for each in value):
            return json.dumps(value, ensure_ascii=False, default=str)
        return ";".join(value)
    if isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value  # type: ignore[no-any-return]


def made_id(place: Place, table: str, part: str = "") -> str:
    """The identifier of a row of another table that belongs to a place: always the same."""
    return str(uuid.uuid5(NAMESPACE, f"{place.pk}:{table}:{part}"))


def service(place: Place, *, base_url: str, today: dt.date) -> dict[str, Any]:
    """A place as a service of HSDS 3 with its organisation, location and schedules."""
    offered = facilities.named(place.facilities)
    return {
        "id": made_id(place, "service"),
        "name": place.name,
        "alternate_name": place.name_en,
        "description": place.introduction,
        "url": f"{base_url}/places/{place.code}/",
        "status": status(place, today),
        "eligibility_description": "、".join(place.welcome),
        "organization": {
            "id": str(place.union_id),
            "name": place.union.name,
            "description": place.union.name,
        },
        "phones": phones(place),
        "schedules": schedules(place, today),
        "languages": languages(place),
        "attributes": [
            {
                "id": made_id(place, "attribute", each.key),
                "label": str(each.label),
                "value": each.key,
                "taxonomy_term": {
                    "id": str(uuid.uuid5(NAMESPACE, f"facility:{each.key}")),
                    "code": each.key,
                    "name": str(each.label),
                    "description": str(each.label),
                },
            }
            for each in offered
        ],
        "service_at_locations": [
            {"id": made_id(place, "service_at_location"), "location": location(place)}
        ],
    }


def status(place: Place, today: dt.date) -> str:
    """Whether people can go there today, in the words of HSDS."""
    if place.state != State.PUBLISHED:
        return "defunct"
    other = deciding(as_rules(coming_hours(place)), today)
    is_shut = place.unsafe_since is not None or (other is not None and not other.hours)
    return "temporarily closed" if is_shut else "active"


def location(place: Place) -> dict[str, Any]:
    """Where it is. Postal codes are not known here: HSDS asks for the field."""
    return {
        "id": str(place.pk),
        "location_type": "physical",
        "name": place.name,
        "description": place.way_in,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "external_identifier": place.code,
        "external_identifier_type": "niangjia",
        "addresses": [
            {
                "id": made_id(place, "address"),
                "address_1": place.address,
                "city": place.division.name,
                "state_province": place.division_id[:2],
                "postal_code": "",
                "country": "CN",
                "address_type": "physical",
            }
        ],
        "accessibility": [
            {"id": made_id(place, "accessibility", each), "description": each}
            for each in place.accessibility
        ],
    }


def phones(place: Place) -> list[dict[str, str]]:
    if not place.phone:
        return []
    return [{"id": made_id(place, "phone"), "number": place.phone}]


def languages(place: Place) -> list[dict[str, str]]:
    return [
        {"id": made_id(place, "language", code), "code": code} for code in ("zh", *place.languages)
    ]


def schedules(place: Place, today: dt.date) -> list[dict[str, Any]]:
    """The hours of the week, then those of single days with why they are unlike."""
    others = [row for other in coming_hours(place) for row in other_schedules(place, other)]
    return weekly_schedules(place, today) + others


def weekly_schedules(place: Place, today: dt.date) -> list[dict[str, Any]]:
    """One entry for each time of a week, with its days and in seasons its dates; where the hours
    have none that a week knows, one that says them in words alone."""
    made = [
        {"id": made_id(place, "schedule", key), **rules.shape(row, place.hours)}
        for key, row in rules.keyed(rules.rows(place.hours, today))
    ]
    return made or [{"id": made_id(place, "schedule"), "description": place.hours}]


def other_schedules(place: Place, other: HoursOverride) -> list[dict[str, Any]]:
    """The same of single days: of those on which it is shut one entry, without a time."""
    period, part = (other.first_date, other.last_date), f"other:{other.pk}"
    why = f"{other.hours or 'off'}: {other.reason}"
    made = [
        {"id": made_id(place, "schedule", f"{part}:{key}"), **rules.shape(row, why)}
        for key, row in rules.keyed(rules.rows_between(other.hours, period))
    ]
    shut = {"id": made_id(place, "schedule", part), "description": why, **rules.lasting(period)}
    return made or [shut]
