"""How many couriers work in a zone, how many people live in a township: tables from elsewhere."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.core import transactions
from niangjia.core.errors import Invalid
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import CountedZone, People
from niangjia.places.rules import points
from niangjia.regions.models import CoordinateSource, Division
from niangjia.regions.services.reports import LoadReport, Refusal

NEEDED = ("division", "name", "people")
COLUMNS = (*NEEDED, "latitude", "longitude", "radius_m")
MOST_PEOPLE = 5_000_000
LEAST_RADIUS, MOST_RADIUS = 100, 20_000
#: Where nobody says how far people are spread: a zone, the built-up part of a township.
USUAL_RADIUS = {People.COURIERS: 800, People.RESIDENTS: 1_500}

Row = Mapping[str, str | None]


class BadRow(ValueError):
    """Why a row is not taken, in words for whoever mends the file."""


def read_zones(path: Path) -> list[dict[str, str | None]]:
    """The rows of a CSV file. Raises `Invalid` when it cannot be read or lacks a column."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        problem = _("%(file)s cannot be read as UTF-8 text.") % {"file": path}
        raise Invalid(problem, code="file") from error
    rows = csv.DictReader(lines)
    if missing := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
        problem = _("%(file)s needs the columns %(columns)s.") % {
            "file": path,
            "columns": ", ".join(missing),
        }
        raise Invalid(problem, code="column-missing")
    return list(rows)


@transactions.atomic
def load_zones(
    *,
    rows: Iterable[Row],
    people: str,
    source: str,
    now: dt.datetime,
    file: str = "",
    is_made_up: bool = False,
) -> LoadReport:
    """Take in a table of zones in place of what was there of them by division and name.

    A row has `division` (its code), `name`, `people`, and if it is known the middle of where they
    are (`latitude`, `longitude`, degrees, WGS-84) and how far around (`radius_m`). A row that makes
    no sense is named and left out, the others are taken. People are counted anew with the next
    measurement that is asked to.
    """
    report = LoadReport()
    for number, row in enumerate(rows, start=2):
        try:
            division, values = read_row(row, People(people))
        except BadRow as bad:
            report.refusals.append(Refusal(file, number, str(bad)))
            continue
        CountedZone.objects.update_or_create(
            people=people,
            division=division,
            name=values.pop("name"),
            defaults=values | {"source": source, "is_made_up": is_made_up, "loaded_at": now},
        )
        report.loaded += 1
    return report


def read_row(row: Row, people: People) -> tuple[Division, dict[str, object]]:
    """The division and the fields of one row. Raises `BadRow`."""
    text = {name: (row.get(name) or "").strip() for name in COLUMNS}
    division = Division.objects.filter(code=text["division"]).first()
    if division is None:
        raise BadRow(_("There is no division %(code)s.") % {"code": text["division"][:20]})
    if not 1 <= len(text["name"]) <= 60:
        raise BadRow(_("Give it a name of up to 60 characters."))
    point = point_of(text, division)
    return division, {
        "name": text["name"],
        "count": whole(text["people"], 0, MOST_PEOPLE),
        "radius_m": whole(text["radius_m"] or str(USUAL_RADIUS[people]), LEAST_RADIUS, MOST_RADIUS),
        "longitude": point.longitude,
        "latitude": point.latitude,
    }


def point_of(text: Mapping[str, str], division: Division) -> Position:
    """The middle of a zone: as written, else the division's own. Raises `BadRow`."""
    if not text["latitude"] and not text["longitude"]:
        if division.coordinate_source != CoordinateSource.OWN or division.longitude is None:
            raise BadRow(_("No point of its own is known for it: give latitude and longitude."))
        assert division.latitude is not None  # noqa: S101 - points come in pairs
        return Position(division.longitude, division.latitude)
    try:
        point = Position(float(text["longitude"]), float(text["latitude"]))
    except ValueError as error:
        raise BadRow(_("Latitude and longitude are degrees, such as 29.3100.")) from error
    if fault := points.find_fault(point.longitude, point.latitude, division):
        raise BadRow(str(fault.words))
    return point


def whole(text: str, least: int, most: int) -> int:
    """A whole number between two. Raises `BadRow`."""
    digits = text.isascii() and text.isdigit() and len(text) <= 9
    if not digits or not least <= int(text) <= most:
        problem = _("“%(text)s” is not a whole number from %(least)s to %(most)s.")
        raise BadRow(problem % {"text": text[:20], "least": least, "most": most})
    return int(text)
