"""Places for other people's programs: GeoJSON (RFC 7946) and Open Referral's HSDS 3.

HSDS knows services at locations: a place is one service of its union at one location, with the same
identifier, so that what comes back finds what went out. Its hours are given as text too, since
RRULEs know neither public holidays nor make-up working days.
"""

import datetime as dt
import uuid
from typing import Any

from niangjia.places.models import Place, State
from niangjia.places.rules import facilities
from niangjia.places.rules import schedules as rules

#: In HSDS every table has identifiers of its own; ours are made from the place's.
NAMESPACE = uuid.UUID("5b0f2f0e-2f53-5d0a-9a51-6f1f3f0f7a11")
FIELDS = (
    *("code", "kind", "state", "name", "name_en", "address", "way_in", "phone", "longitude"),
    *("latitude", "hours", "facilities", "languages", "accessibility", "welcome"),
    *("area_m2", "seats", "parking_bays", "is_made_up", "changed_at", "closed_at", "close_reason"),
)


def record(place: Place) -> dict[str, Any]:
    """A place as the feed gives it. Points are WGS-84."""
    return {name: getattr(place, name) for name in FIELDS} | {
        "union": place.union.name,
        "division": place.division_id,
    }


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
        "status": "active" if place.state == State.PUBLISHED else "defunct",
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
    """One entry for each time of a week, with its days and in seasons its dates; where the hours
    have none that a week knows, one that says them in words alone."""
    made = [
        {"id": made_id(place, "schedule", key), **rules.shape(row, place.hours)}
        for key, row in rules.keyed(rules.rows(place.hours, today))
    ]
    return made or [{"id": made_id(place, "schedule"), "description": place.hours}]
