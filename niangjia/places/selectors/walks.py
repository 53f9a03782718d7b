"""What is known of walks along streets: where streets are loaded, and how far one comes on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from niangjia.core import scope
from niangjia.core.database import arrays
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import StreetMap, StreetSquare, StreetTile
from niangjia.places.rules.coverage import IS_COUNTED
from niangjia.regions.models import Division

KNOWN = """
    SELECT walk.longitude, walk.latitude, walk.cells
    FROM places_walkreach AS walk
    JOIN unnest(%s::float8[], %s::float8[]) AS asked (longitude, latitude)
        USING (longitude, latitude)
"""
#: Of the stations of a division, how many are measured along streets.
SHARE = f"""
    SELECT count(*), count(walk.cells)
    FROM places_placesearch AS entry
    JOIN places_place AS place ON place.id = entry.place_id
    JOIN regions_division AS division ON division.code = place.division_id
    LEFT JOIN places_walkreach AS walk
        ON walk.longitude = entry.longitude AND walk.latitude = entry.latitude
    WHERE {IS_COUNTED} AND division.path >= %s AND division.path < %s
"""  # noqa: S608 - texts of ours, no values


#: Whose data the streets are, ODbL 1.0, clause 4.3.
CREDIT = "© OpenStreetMap contributors"


@dataclass(frozen=True)
class Walked:
    """From so many points walks were measured, from `along_streets` of them along streets, from the
    others by the straight line."""

    of: int
    along_streets: int


def list_tiles() -> set[tuple[int, int]]:
    """Where streets are loaded, by column and line. One query."""
    return set(StreetTile.objects.values_list("col", "line").distinct())


def drawn_square(col: int, line: int) -> bytes | None:
    """What is drawn of the streets of a square (`rules.street_lines.packed`); None where no extract
    was loaded. One query."""
    found = StreetSquare.objects.filter(col=col, line=line).values_list("drawn", flat=True)
    return next(map(bytes, found), None)


def list_known(points: Collection[Position]) -> dict[Position, frozenset[int] | None]:
    """The cells that each of `points` reaches, by their keys, None where no street is near it; only
    of those that were worked out. One query."""
    if not points:
        return {}
    values = [
        arrays.of_plain(point.longitude for point in points),
        arrays.of_plain(point.latitude for point in points),
    ]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, values)
        return {
            Position(longitude, latitude): None if cells is None else frozenset(cells)
            for longitude, latitude, cells in cursor.fetchall()
        }


def count_walked(division: Division) -> Walked:
    """How the stations there are measured. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [division.path, scope.after(division.path)])
        stations, along_streets = cursor.fetchone()
    return Walked(stations, along_streets)


def credit_for(walked: Walked) -> str:
    """Whom to name beside what follows from these walks, or "". At most one query."""
    return CREDIT if any(not each.is_made_up for each in list_maps(walked)) else ""


def list_maps(walked: Walked) -> Sequence[StreetMap]:
    """The extracts that are loaded, if any of these walks goes along streets. At most one query."""
    return list(StreetMap.objects.order_by("name")) if walked.along_streets else []
