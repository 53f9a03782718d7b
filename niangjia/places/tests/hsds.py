"""What HSDS 3 asks of a service and what hangs on it, as a JSON schema (2020-12).

Written by us from the specification's tables: which fields there are, which must be there, of which
type and from which list. Fields that the specification does not know are refused, so that a slip in
a name is noticed.
"""

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
KEY = {"type": "string", "format": "uuid"}
NUMBER = {"type": "number"}
DAY = "(MO|TU|WE|TH|FR|SA|SU)"


def table(required: str, **fields: Any) -> dict[str, Any]:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": {"id": KEY, **fields},
        "required": ["id", *required.split()],
        "additionalProperties": False,
    }


def rows(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


ADDRESS = table(
    "address_1 city state_province postal_code country address_type",
    address_1=TEXT,
    city=TEXT,
    state_province=TEXT,
    postal_code=TEXT,
    country={"type": "string", "pattern": "^[A-Z]{2}$"},
    address_type={"enum": ["physical", "postal", "virtual"]},
)
SCHEDULE = table(
    "",
    freq={"enum": ["WEEKLY", "MONTHLY"]},
    byday={"type": "string", "pattern": f"^{DAY}(,{DAY})*$"},
    timezone=NUMBER,
    opens_at={"type": "string", "pattern": r"^\d\d:\d\d\+08:00$"},
    closes_at={"type": "string", "pattern": r"^([01]\d|2[0-3]):\d\d\+08:00$"},
    description=TEXT,
    valid_from={"type": "string", "format": "date"},
    valid_to={"type": "string", "format": "date"},
)
LOCATION = table(
    "location_type",
    location_type={"enum": ["physical", "postal", "virtual"]},
    name=TEXT,
    description=TEXT,
    latitude=NUMBER,
    longitude=NUMBER,
    external_identifier=TEXT,
    external_identifier_type=TEXT,
    addresses=rows(ADDRESS),
    accessibility=rows(table("", description=TEXT)),
)
TERM = table("name description", code=TEXT, name=TEXT, description=TEXT)
SERVICE = table(
    "name status",
    name=TEXT,
    alternate_name=TEXT,
    description=TEXT,
    url={"type": "string", "format": "uri"},
    status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    eligibility_description=TEXT,
    organization=table("name description", name=TEXT, description=TEXT),
    phones=rows(table("number", number=TEXT)),
    schedules=rows(SCHEDULE),
    languages=rows(table("", code=TEXT)),
    attributes=rows(table("", label=TEXT, value=TEXT, taxonomy_term=TERM)),
    service_at_locations=rows(table("", location=LOCATION)),
)
