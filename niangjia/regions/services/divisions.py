"""The table this project ships: country, provinces, cities and counties, with their points."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from niangjia.core.errors import Invalid
from niangjia.regions.models import CoordinateSource, Division
from niangjia.regions.rules import codes, coordinates
from niangjia.regions.services.reports import LoadReport, Progress, silent
from niangjia.regions.services.writing import NAMES, PLACE, named, write

TABLE = Path(__file__).parent.parent / "data" / "divisions.csv"

#: Code, name, and the point in GCJ-02 degrees, where there is one.
Row = tuple[str, str, coordinates.Point | None]


def load_divisions(rows: Iterable[Row] | None = None, *, progress: Progress = silent) -> LoadReport:
    """Load `rows`, by default the table shipped with this project, below the country.

    Running it again changes nothing. A division without a point takes the nearest one above it and
    says so (`CoordinateSource.PARENT`). Raises `Invalid` for a row whose parent is neither among
    the rows nor loaded.
    """
    wanted = sorted(rows if rows is not None else shipped_rows())
    loaded = [named(codes.COUNTRY_CODE, codes.COUNTRY_NAME)]
    known: dict[str | None, Division] = {
        **Division.objects.in_bulk(
            {codes.parent_code(code) or "" for code, _name, _point in wanted}
        ),
        codes.COUNTRY_CODE: loaded[0],
    }
    for code, name, point in wanted:
        division = named(code, name)
        if division.parent_id not in known:
            raise Invalid(
                _("There is no division %(code)s above it.") % {"code": division.parent_id},
                code="no-parent",
            )
        if point is not None:
            division.longitude, division.latitude = coordinates.gcj02_to_wgs84(*point)
        else:
            inherit_point(division, known[division.parent_id])
        known[code] = division
        loaded.append(division)
    write(loaded, [*NAMES, *PLACE], progress)
    return LoadReport(loaded=len(loaded))


def shipped_rows() -> Iterable[Row]:
    """The rows of the shipped table."""
    with TABLE.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            longitude, latitude = row["longitude_gcj02"], row["latitude_gcj02"]
            point = (float(longitude), float(latitude)) if longitude and latitude else None
            yield row["code"], row["name"], point


def inherit_point(division: Division, above: Division) -> None:
    """Give `division` the point of the division right above it."""
    division.longitude, division.latitude = above.longitude, above.latitude
    division.coordinate_source = CoordinateSource.PARENT
