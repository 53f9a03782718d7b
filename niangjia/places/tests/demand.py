"""A county whose people are counted, for tests of coverage and siting."""

import datetime as dt
from typing import Any

from niangjia.core import clock
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_division, make_root
from niangjia.places import services
from niangjia.places.models import CountedZone, Measurement, People
from niangjia.places.rules import coverage
from niangjia.regions.models import Division, Level

#: A Monday morning in China, in a week without holidays.
MONDAY = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
EAST, NORTH = 120.0, 29.25


def make_county(code: str = "330782") -> Division:
    """A county with the divisions above it."""
    above = make_root().division
    for level, digits in ((Level.PROVINCE, 2), (Level.CITY, 4), (Level.COUNTY, 6)):
        name = code[:digits].ljust(6, "0")
        known = Division.objects.filter(code=name).first()
        above = known or make_division(parent=above, code=name, level=level)
    return above


def cell_at(col: int, line: int) -> dict[str, float]:
    """The middle of a cell, so many to the east and north of the first."""
    return {
        "longitude": EAST + (col + 0.5) * coverage.CELL[0],
        "latitude": NORTH + (line + 0.5) * coverage.CELL[1],
    }


def make_zone(division: Division, col: int, line: int, count: int, **fields: Any) -> CountedZone:
    """So many couriers in one cell."""
    values = {
        "people": People.COURIERS,
        "name": f"{col}-{line}",
        "radius_m": 100,
        "source": "测试",
        "loaded_at": MONDAY,
    }
    return CountedZone.objects.create(
        division=division, count=count, **cell_at(col, line), **(values | fields)
    )


def measure(now: dt.datetime = MONDAY, *, recounts: bool = True) -> Measurement:
    """Count and measure at once."""
    asked = services.ask_measurement(recounts=recounts, now=now)
    with clock.stopped_at(now):
        while services.measure_next(measurement_id=asked.pk, now=now):
            pass
    asked.refresh_from_db()
    return asked


def union_at(union: Union, col: int, line: int) -> Union:
    """The union with its office in the middle of a cell."""
    for name, value in cell_at(col, line).items():
        setattr(union, name, value)
    union.save()
    return union
