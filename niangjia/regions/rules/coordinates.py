"""WGS-84 (satellites, GeoJSON, 天地图), GCJ-02 (maps published in China) and BD-09 (Baidu).

Points are (longitude, latitude) in degrees. GCJ-02 is computed by the published formulas on the
Krasovsky 1940 ellipsoid; its inverse has no closed form and is found by iteration to less than
1e-9 degrees (0.1 mm). Points outside China's bounding box are not shifted.
"""

from math import atan2, cos, hypot, pi, sin, sqrt

Point = tuple[float, float]

KRASOVSKY_SEMI_MAJOR_METRES = 6378245.0
KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
BAIDU_ANGLE = pi * 3000 / 180
PRECISION_DEGREES = 1e-9
MOST_ROUNDS = 50


def is_shifted(longitude: float, latitude: float) -> bool:
    """Whether maps published in China shift this point."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def wgs84_to_gcj02(longitude: float, latitude: float) -> Point:
    """A WGS-84 point as maps published in China show it."""
    if not is_shifted(longitude, latitude):
        return longitude, latitude
    east, north = _shift(longitude, latitude)
    return longitude + east, latitude + north


def gcj02_to_wgs84(longitude: float, latitude: float) -> Point:
    """The WGS-84 point that GCJ-02 shows here."""
    if not is_shifted(longitude, latitude):
        return longitude, latitude
    x, y = longitude, latitude
    for _round in range(MOST_ROUNDS):
        east, north = _shift(x, y)
        off_x, off_y = x + east - longitude, y + north - latitude
        x, y = x - off_x, y - off_y
        if abs(off_x) < PRECISION_DEGREES and abs(off_y) < PRECISION_DEGREES:
            break
    return x, y


def gcj02_to_bd09(longitude: float, latitude: float) -> Point:
    """A GCJ-02 point as Baidu shows it."""
    radius = hypot(longitude, latitude) + 2e-5 * sin(latitude * BAIDU_ANGLE)
    angle = atan2(latitude, longitude) + 3e-6 * cos(longitude * BAIDU_ANGLE)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006


def bd09_to_gcj02(longitude: float, latitude: float) -> Point:
    """The GCJ-02 point that Baidu shows here, by the same iteration."""
    x, y = longitude - 0.0065, latitude - 0.006
    for _round in range(MOST_ROUNDS):
        shown_x, shown_y = gcj02_to_bd09(x, y)
        off_x, off_y = shown_x - longitude, shown_y - latitude
        x, y = x - off_x, y - off_y
        if abs(off_x) < PRECISION_DEGREES and abs(off_y) < PRECISION_DEGREES:
            break
    return x, y


def wgs84_to_bd09(longitude: float, latitude: float) -> Point:
    """A WGS-84 point as Baidu shows it."""
    if not is_shifted(longitude, latitude):
        return longitude, latitude
    return gcj02_to_bd09(*wgs84_to_gcj02(longitude, latitude))


def bd09_to_wgs84(longitude: float, latitude: float) -> Point:
    """The WGS-84 point that Baidu shows here."""
    if not is_shifted(longitude, latitude):
        return longitude, latitude
    return gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude))


def _shift(longitude: float, latitude: float) -> Point:
    """How far GCJ-02 moves a WGS-84 point, in degrees east and north."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (waves + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (waves + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0

    radians = latitude / 180.0 * pi
    magic = 1 - KRASOVSKY_ECCENTRICITY_SQUARED * sin(radians) ** 2
    meridian = (
        KRASOVSKY_SEMI_MAJOR_METRES * (1 - KRASOVSKY_ECCENTRICITY_SQUARED) / (magic * sqrt(magic))
    )
    parallel = KRASOVSKY_SEMI_MAJOR_METRES / sqrt(magic) * cos(radians)
    return east * 180.0 / (parallel * pi), north * 180.0 / (meridian * pi)
