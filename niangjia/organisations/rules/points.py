"""Whether a point on the map can be where a union is. Degrees, WGS-84."""

from dataclasses import dataclass

from niangjia.organisations.rules.positions import (
    Position,
    great_circle_metres,
    is_around_china,
)
from niangjia.regions.models import CoordinateSource, Division, Level

#: Further from the seat of its division, a point is rather a slip of the finger: the widest there
#: are reach about so far (若羌县, 呼伦贝尔市). It is asked about, not refused.
FAR_METRES = {
    Level.PROVINCE: 1_500_000,
    Level.CITY: 600_000,
    Level.COUNTY: 250_000,
    Level.TOWNSHIP: 60_000,
}


@dataclass(frozen=True)
class PointReading:
    """What there is to say about a point. `kilometres` lie between it and its division's own."""

    position: Position | None = None
    is_outside: bool = False
    is_far: bool = False
    kilometres: int | None = None


def read_point(longitude: float | None, latitude: float | None, division: Division) -> PointReading:
    """The point as it may be shown; without both numbers there is none, and outside China there is
    nothing to compare."""
    if longitude is None or latitude is None:
        return PointReading()
    if not is_around_china(longitude, latitude):
        return PointReading(is_outside=True)
    position = Position(longitude=longitude, latitude=latitude)
    if division.longitude is None or division.latitude is None:
        return PointReading(position)
    centre = Position(longitude=division.longitude, latitude=division.latitude)
    metres = great_circle_metres(position, centre)
    # A point that stands for the division above may be as far off as that one is wide.
    inherited = division.coordinate_source == CoordinateSource.PARENT
    level = max(division.level - inherited, Level.COUNTRY)
    return PointReading(
        position,
        is_far=level in FAR_METRES and metres > FAR_METRES[Level(level)],
        kilometres=round(metres / 1000),
    )
