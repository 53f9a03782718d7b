"""Division boundaries from the map files of ECharts 4, as plain GeoJSON.

The files pack each ring into a string: every coordinate is the difference to the one before it,
in 1/1024 degree, zigzag-coded and shifted by 64 ("UTF8Encoding"). Their points are GCJ-02, as maps
published in China are; we move them to WGS-84, which is what our own points are in.
"""

from collections.abc import Iterable
from typing import Any

from niangjia.regions.rules import coordinates

Point = tuple[float, float]
#: A degree is about 111 km, so this keeps 100 m: finer than the files are.
DECIMALS = 3
#: Tibet is published about thirty times finer than every other province. Points nearer than this
#: to the one before (degrees) are left out everywhere.
NEAREST = 0.008
SHIFT = 64
UNITS_PER_DEGREE = 1024
#: The one file whose features carry no division code.
TAIWAN = "710000"
#: A division whose code the files leave out.
LEFT_OUT = {"崇明区": "310151"}


def unzigzag(character: str) -> int:
    """The signed difference that one character stands for."""
    value = ord(character) - SHIFT
    return (value >> 1) ^ -(value & 1)


def decode_ring(packed: str, offset: tuple[int, int]) -> list[Point]:
    """The points of one ring, in degrees."""
    longitude, latitude = offset
    ring = []
    for index in range(0, len(packed), 2):
        longitude += unzigzag(packed[index])
        latitude += unzigzag(packed[index + 1])
        ring.append((longitude / UNITS_PER_DEGREE, latitude / UNITS_PER_DEGREE))
    return ring


def move(ring: Iterable[Point]) -> list[Point]:
    """The ring in WGS-84, thinned and closed; fewer than four points is no ring (RFC 7946)."""
    kept: list[Point] = []
    for longitude, latitude in ring:
        if kept and abs(longitude - kept[-1][0]) + abs(latitude - kept[-1][1]) < NEAREST:
            continue
        kept.append((longitude, latitude))
    moved = []
    for point in kept:
        east, north = coordinates.gcj02_to_wgs84(*point)
        moved.append((round(east, DECIMALS), round(north, DECIMALS)))
    if moved and moved[0] != moved[-1]:
        moved.append(moved[0])
    return moved


def decode_geometry(geometry: dict[str, Any], *, packed: bool) -> dict[str, Any]:
    """One geometry as a MultiPolygon of rings that still enclose something."""
    polygons = geometry["coordinates"]
    offsets = geometry.get("encodeOffsets") or [None] * len(polygons)
    if geometry["type"] == "Polygon":
        polygons, offsets = [polygons], [offsets]
    decoded = []
    for rings, starts in zip(polygons, offsets, strict=True):
        if packed:
            rings = [decode_ring(*pair) for pair in zip(rings, starts, strict=True)]
        kept = [moved for ring in rings if len(moved := move(ring)) >= 4]
        if kept:
            decoded.append(kept)
    return {"type": "MultiPolygon", "coordinates": decoded}


def label_point(published: list[float] | None, geometry: dict[str, Any]) -> Point:
    """Where the name is written: as published, else in the middle of the longest ring."""
    if published:
        return move([(published[0], published[1])])[0]
    ring = max((polygon[0] for polygon in geometry["coordinates"]), key=len)
    east, north = [point[0] for point in ring], [point[1] for point in ring]
    return round((min(east) + max(east)) / 2, DECIMALS), round(
        (min(north) + max(north)) / 2, DECIMALS
    )


def coded(published: dict[str, Any]) -> list[dict[str, Any]]:
    """The features that carry a division code. (Shannan's code stands on an empty twin.)"""
    return [feature for feature in published["features"] if feature.get("id")]


def decode(published: dict[str, Any]) -> dict[str, Any]:
    """A map file as a GeoJSON FeatureCollection in WGS-84; each feature has `code`, `name` and the
    point where its name is written."""
    packed = bool(published.get("UTF8Encoding"))
    codes = {**LEFT_OUT, **{f["properties"]["name"]: f["id"] for f in coded(published)}}
    features = []
    for feature in published["features"]:
        if not feature["geometry"]["coordinates"]:
            continue
        geometry = decode_geometry(feature["geometry"], packed=packed)
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "code": codes.get(feature["properties"]["name"], ""),
                    "name": feature["properties"]["name"],
                    "label": label_point(feature["properties"].get("cp"), geometry),
                },
                "geometry": geometry,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def province_of(published: dict[str, Any]) -> str:
    """The code of the province whose divisions a map file holds."""
    first = next(iter(coded(published)), None)
    return f"{first['id'][:2]}0000" if first else TAIWAN
