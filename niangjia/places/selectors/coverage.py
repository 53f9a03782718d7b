"""What was measured of whom stations reach, for a division and whatever lies below it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from niangjia.core import scope
from niangjia.organisations.models import Kind, Status, Union
from niangjia.places.models import CountedZone, Coverage, Measurement, PlaceSearch, Who
from niangjia.places.rules.coverage import COUNTED, KINDS, Week, share, week_bits
from niangjia.regions.models import Division

#: The cells on a map, those with the most people; and the worst that are listed.
MOST_CELLS, MOST_WORST, MOST_STATIONS = 2_000, 10, 1_000
CELLS = """
    SELECT cell.longitude, cell.latitude, cell.side_m, division.name, cell.count,
        bit_count(cell.covered & %(window)s::text::bit(168)) AS hours
    FROM places_demandcell AS cell
    JOIN regions_division AS division ON division.code = cell.division_id
    WHERE cell.people = ANY(%(people)s) AND cell.covered IS NOT NULL
        AND division.path >= %(path)s AND division.path < %(after)s
"""
MOST_PEOPLE = CELLS + " ORDER BY cell.count DESC, cell.id LIMIT %(limit)s"
WORST = f"""
    SELECT * FROM ({CELLS}) AS cell WHERE hours < %(all)s
    ORDER BY count * (%(all)s - hours) DESC, count DESC, longitude, latitude LIMIT %(limit)s
"""  # noqa: S608 - texts of ours, no values


@dataclass(frozen=True)
class Cell:
    """People of one cell, in tens, and in how many per cent of the window's hours a station is open
    within the walk. The point is its middle, degrees, WGS-84."""

    longitude: float
    latitude: float
    side_m: int
    division: str
    count: int
    share: int

    @property
    def missed(self) -> int:
        """People not reached, on average over the hours."""
        return round(self.count * (100 - self.share) / 100)


@dataclass(frozen=True)
class Below:
    """A division one level down, and the union that stands for it, where there is one."""

    division: Division
    week: Week
    union: Union | None


@dataclass(frozen=True)
class Measured:
    """What is known of a division. `first_date` begins the seven days that were measured."""

    division: Division
    who: str
    week: Week
    unplaced: int
    first_date: dt.date
    measured_at: dt.datetime
    below: list[Below] = field(default_factory=list)


def find_measured(division: Division, who: str) -> Measured | None:
    """The latest that was measured there, or None. One query."""
    rows = rows_of(Coverage.objects.filter(division=division), who)
    latest = max((row.first_date for row in rows), default=None)
    rows = [row for row in rows if row.first_date == latest]
    if latest is None or not (week := added_up(rows)).total:
        return None
    return Measured(
        division,
        who,
        week,
        sum(row.unplaced for row in rows),
        latest,
        max(row.measured_at for row in rows),
    )


def rows_of(found: Any, who: str) -> list[Coverage]:
    """These rows about whoever is meant."""
    return list(found.filter(people__in=COUNTED[Who(who)]).select_related("division"))


def added_up(rows: list[Coverage]) -> Week:
    """Several kinds of people as one."""
    hours = [sum(each) for each in zip(*(row.hours for row in rows), strict=True)]
    return Week(sum(row.total for row in rows), tuple(hours))


def list_below(measured: Measured, union: Union) -> list[Below]:
    """The divisions one level down, those with the most people not reached first; each with its
    federation below `union`. Two queries."""
    rows = rows_of(
        Coverage.objects.filter(division__parent=measured.division, first_date=measured.first_date),
        measured.who,
    )
    by_division: dict[str, list[Coverage]] = {}
    for row in rows:
        by_division.setdefault(row.division_id, []).append(row)
    unions = {
        each.division_id: each
        for each in Union.objects.filter(
            scope.subtree(union.path), division__in=by_division, kind=Kind.FEDERATION
        ).exclude(status=Status.DISSOLVED)
    }
    below = [
        Below(parts[0].division, added_up(parts), unions.get(code))
        for code, parts in by_division.items()
    ]
    return sorted(below, key=lambda each: -each.week.total * (100 - each.week.share_in("all")))


def list_cells(division: Division, who: str, window: str) -> list[Cell]:
    """The cells with the most people, for a map. One query."""
    return cells_of(MOST_PEOPLE, division, who, window, MOST_CELLS)


def list_worst(division: Division, who: str, window: str) -> list[Cell]:
    """Where the most people are not reached over the hours of the window. One query."""
    return cells_of(WORST, division, who, window, MOST_WORST)


def cells_of(statement: str, division: Division, who: str, window: str, limit: int) -> list[Cell]:
    bits = week_bits(window)
    every = bits.count("1")
    values: dict[str, Any] = {
        "window": bits,
        "all": every,
        "people": [each.value for each in COUNTED[Who(who)]],
        "path": division.path,
        "after": scope.after(division.path),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [
        Cell(longitude, latitude, side, name, count, share(hours, every))
        for longitude, latitude, side, name, count, hours in rows
    ]


def list_stations(division: Division) -> list[tuple[float, float]]:
    """Points of the stations that count there, at most a thousand. One query."""
    within = scope.subtree(division.path, field="place__division__path")
    found = PlaceSearch.objects.filter(within, place__kind__in=KINDS).order_by("place")
    return list(found.values_list("longitude", "latitude")[:MOST_STATIONS])


def is_made_up(division: Division, who: str) -> bool:
    """Whether any zone counted there is made up for the demonstration. One query."""
    within = scope.subtree(division.path, field="division__path")
    found = CountedZone.objects.filter(within, people__in=COUNTED[Who(who)])
    return found.filter(is_made_up=True).exists()


def find_running() -> Measurement | None:
    """The measurement that is being worked on. One query."""
    return Measurement.objects.filter(ended_at=None).order_by("-first_date").first()
