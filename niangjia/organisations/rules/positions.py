"""Points on the earth: reading them, projecting them, and how far apart they lie."""

import math
import re
from dataclasses import dataclass

#: The mean radius of the earth, in metres (IUGG).
EARTH_RADIUS_METRES = 6_371_008.8
#: Beyond this Mercator's projection runs off; nobody works there.
MAX_LATITUDE = 85.0
#: Around China, degrees.
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,15})?")
#: Walking, 80 metres a minute, is worth saying up to three kilometres.
WALKING_METRES_A_MINUTE = 80
LONGEST_WALK_METRES = 3_000


class BadPosition(ValueError):
    """`reason` is one of "unreadable", "out-of-range", "swapped"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Position:
    """A point in degrees, WGS-84."""

    longitude: float
    latitude: float

    @property
    def easting(self) -> float:
        """Mercator metres; see `UnionSearch`."""
        return EARTH_RADIUS_METRES * math.radians(self.longitude)

    @property
    def northing(self) -> float:
        latitude = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, self.latitude)))
        return EARTH_RADIUS_METRES * math.log(math.tan(math.pi / 4 + latitude / 2))


def parse_position(text: str) -> Position:
    """Read "latitude,longitude" in degrees. Raises `BadPosition`.

    A pair that only makes sense the other way round is said to be swapped instead of being searched
    at the wrong end of the world: "120.07,29.31", which is no point on the earth, and
    "75.99,39.47", Kashgar, which would lie in the Arctic.
    """
    parts = [part.strip() for part in text[:80].replace("，", ",").split(",")]
    if len(parts) != 2 or not all(NUMBER.fullmatch(part) for part in parts):
        raise BadPosition("unreadable")
    latitude, longitude = map(float, parts)
    if abs(latitude) > 90 and abs(latitude) <= 180 and abs(longitude) <= 90:
        raise BadPosition("swapped")
    if is_swapped(longitude, latitude):
        raise BadPosition("swapped")
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > 180:
        raise BadPosition("out-of-range")
    return Position(longitude=longitude, latitude=latitude)


def is_swapped(longitude: float, latitude: float) -> bool:
    """Whether a point lies in China the other way round; then it does not as it is."""
    return is_around_china(latitude, longitude)


def is_around_china(longitude: float, latitude: float) -> bool:
    """Whether a point lies in the box around China."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def great_circle_metres(one: Position, other: Position) -> float:
    """The distance over the ground, by the haversine formula."""
    latitude, other_latitude = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    chord = (
        math.sin((other_latitude - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(other_latitude) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_RADIUS_METRES * math.asin(min(1.0, math.sqrt(chord)))


def mercator_reach(position: Position, metres: float) -> float:
    """How far, on Mercator's plane, anything within `metres` of `position` can lie.

    A great circle of that length stays below the latitude |φ| + metres/R, where the projection
    stretches by no more than 1 / cos; beyond the pole's neighbourhood, infinitely far.
    """
    highest = math.radians(abs(position.latitude)) + metres / EARTH_RADIUS_METRES
    if highest >= math.radians(MAX_LATITUDE):
        return math.inf
    return metres / math.cos(highest)


def walking_minutes(metres: float) -> int | None:
    """How long a walk takes, at least a minute; None when it is too far to walk."""
    if metres > LONGEST_WALK_METRES:
        return None
    return max(1, round(metres / WALKING_METRES_A_MINUTE))
