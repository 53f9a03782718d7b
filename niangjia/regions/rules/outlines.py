"""Whether a point lies within an outline, or near it. Degrees, WGS-84.

Outlines are sketches: a few hundred points around a city, good to a kilometre or two. Who decides
by them leaves room for that.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Ring = Sequence[Sequence[float]]
METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True)
class Outline:
    """A division's outline: rings of each polygon, the outer one first; `box` is west, south, east,
    north of all of it."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, feature: dict[str, object]) -> "Outline":
        """From a GeoJSON feature of `operations.boundaries`."""
        told, drawn = feature["properties"], feature["geometry"]
        assert isinstance(told, dict) and isinstance(drawn, dict)  # noqa: S101, PT018 - our file
        polygons = tuple(tuple(polygon) for polygon in drawn["coordinates"])
        points = [point for polygon in polygons for point in polygon[0]]
        east, north = [point[0] for point in points], [point[1] for point in points]
        box = (min(east), min(north), max(east), max(north))
        return cls(told["code"], told["name"], polygons, box)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies inside."""
        west, south, east, north = self.box
        if not (west <= longitude <= east and south <= latitude <= north):
            return False
        return any(
            is_in_ring(longitude, latitude, outer)
            and not any(is_in_ring(longitude, latitude, hole) for hole in holes)
            for outer, *holes in self.polygons
        )

    def is_near(self, longitude: float, latitude: float, metres: float) -> bool:
        """Whether the point lies inside or at most so many metres outside. What is beyond the box
        is not looked at piece by piece, nor are pieces beyond the point's own."""
        narrow = math.cos(math.radians(latitude))
        high = metres / METRES_A_DEGREE
        wide = high / narrow
        west, south, east, north = self.box
        if not west - wide <= longitude <= east + wide:
            return False
        if not south - high <= latitude <= north + high:
            return False
        return self.holds(longitude, latitude) or any(
            distance(longitude, latitude, one, other, narrow) <= high
            for outer, *_holes in self.polygons
            for one, other in pairwise(outer)
            if not (one[1] < latitude - high and other[1] < latitude - high)
            and not (one[1] > latitude + high and other[1] > latitude + high)
            and not (one[0] < longitude - wide and other[0] < longitude - wide)
            and not (one[0] > longitude + wide and other[0] > longitude + wide)
        )


def is_in_ring(longitude: float, latitude: float, ring: Ring) -> bool:
    """Whether a line from the point to the east crosses the ring an odd number of times."""
    inside = False
    east, north = ring[-1][0], ring[-1][1]
    for x, y in ring:
        if (y > latitude) != (north > latitude) and longitude < (east - x) * (latitude - y) / (
            north - y
        ) + x:
            inside = not inside
        east, north = x, y
    return inside


def distance(
    longitude: float,
    latitude: float,
    one: Sequence[float],
    other: Sequence[float],
    narrow: float,
) -> float:
    """From a point to a piece of an outline, in degrees of latitude; `narrow` is the cosine of the
    latitude, by which degrees of longitude are shorter."""
    x, y = (one[0] - longitude) * narrow, one[1] - latitude
    across, up = (other[0] - one[0]) * narrow, other[1] - one[1]
    length = across * across + up * up
    along = max(0.0, min(1.0, -(x * across + y * up) / length)) if length else 0.0
    return math.hypot(x + along * across, y + along * up)
