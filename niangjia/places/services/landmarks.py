"""What has a name in an extract of OpenStreetMap, kept for whoever says where they are."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from niangjia.organisations.rules.search_queries import ANYWHERE
from niangjia.places.models import LandmarkSort, StreetMap
from niangjia.places.rules.extracts import Point
from niangjia.places.rules.landmarks import (
    CHINESE,
    Mark,
    also_text,
    gathered,
    keys_of,
    mark_of,
    sort_of,
)
from niangjia.regions.models import CoordinateSource, Division, Level
from niangjia.regions.rules.codes import PSEUDO_NAMES

AT_A_TIME = 2_000
#: By which keys something has a name.
NAMED = ("name", *CHINESE)
#: Further from any seat of government nobody says that it is there.
FARTHEST_DEGREES = 1.0
WRITE = """
    INSERT INTO places_landmark (map_id, sort, name, also, longitude, latitude, division_id, tokens)
    SELECT %s::uuid, sort, name, also, longitude, latitude, division, tokens::tsvector
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::float8[], %s::float8[], %s::text[],
                %s::text[]) AS mark(sort, name, also, longitude, latitude, division, tokens)
"""


def write_landmarks(made: StreetMap, path: Path) -> int:
    """Keep what has a name in the file at `path`; says how many. In the transaction that loads its
    streets. Raises what pyosmium does when the file cannot be read."""
    marks = gathered(read_marks(path))
    near = Seats(marks)
    for first in range(0, len(marks), AT_A_TIME):
        some = marks[first : first + AT_A_TIME]
        codes = zip(some, near.codes(some), strict=True)
        columns = zip(*(row_of(mark, code) for mark, code in codes), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [made.pk, *map(list, columns)])
    return len(marks)


def row_of(mark: Mark, division: str | None) -> tuple[object, ...]:
    """The values of one row, in the order `WRITE` takes them."""
    tokens = " ".join(f"'{ANYWHERE}{key}'" for key in sorted(keys_of(mark)))
    at = (mark.longitude, mark.latitude)
    return (mark.sort.value, mark.name, also_text(mark), *at, division, tokens)


def read_marks(path: Path) -> Iterator[Mark]:
    """Points, ways and areas with a name that the public knows, each at its middle."""
    import osmium

    reader = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    each: Any
    for each in reader.with_filter(osmium.filter.KeyFilter(*NAMED)):
        point = at_node(each) if each.is_node() else middle_of(points_of(each))
        if point is not None and (mark := mark_of(tags_of(each), *point)) is not None:
            yield mark
    yield from read_areas(path)


def read_areas(path: Path) -> Iterator[Mark]:
    """The same of areas drawn as several ways, as large parks and campuses are (multipolygons). The
    file is read twice more: who belongs to them is only known once all have been seen."""
    import osmium

    found: list[tuple[dict[str, str], list[int]]] = []
    each: Any
    relations = osmium.FileProcessor(str(path), osmium.osm.RELATION)
    for each in relations.with_filter(osmium.filter.KeyFilter(*NAMED)):
        tags = tags_of(each)
        if tags.get("type") == "multipolygon" and sort_of(tags) == LandmarkSort.POINT:
            found.append(
                (tags, [m.ref for m in each.members if m.type == "w" and m.role != "inner"])
            )
    wanted = {way for _tags, ways in found for way in ways}
    if not wanted:
        return
    reader = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    reader = reader.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    outlines = {
        way.id: points_of(way) for way in reader.with_filter(osmium.filter.IdFilter(wanted))
    }
    for tags, ways in found:
        outline = [point for way in ways for point in outlines.get(way, ())]
        if outline and (mark := mark_of(tags, *centre_of(outline))) is not None:
            yield mark


def tags_of(each: Any) -> dict[str, str]:
    return {tag.k: tag.v for tag in each.tags}


def at_node(node: Any) -> Point | None:
    return (node.location.lon, node.location.lat) if node.location.valid() else None


def points_of(way: Any) -> list[Point]:
    """Where a way's points are, as far as the file has them: at the edge of an extract it goes on
    to points that are not in it."""
    return [(node.lon, node.lat) for node in way.nodes if node.location.valid()]


def middle_of(points: Sequence[Point]) -> Point | None:
    """Halfway along what is open, in the middle of what is closed; None for nothing."""
    if not points:
        return None
    is_closed = len(points) > 3 and points[0] == points[-1]
    return centre_of(points) if is_closed else points[len(points) // 2]


def centre_of(points: Sequence[Point]) -> Point:
    """The middle of the square about these points."""
    x, y = [point[0] for point in points], [point[1] for point in points]
    return (min(x) + max(x)) / 2, (min(y) + max(y)) / 2


class Seats:
    """The divisions around some landmarks, to say near which of them each is."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        from scipy.spatial import KDTree

        self.rows: list[tuple[str, float, float]] = []
        if marks:
            east, north = [m.longitude for m in marks], [m.latitude for m in marks]
            found = Division.objects.filter(
                level__gte=Level.COUNTY,
                coordinate_source=CoordinateSource.OWN,
                longitude__range=(min(east) - FARTHEST_DEGREES, max(east) + FARTHEST_DEGREES),
                latitude__range=(min(north) - FARTHEST_DEGREES, max(north) + FARTHEST_DEGREES),
            ).exclude(name__in=PSEUDO_NAMES)
            self.rows = [
                (each.code, each.longitude, each.latitude)
                for each in found.order_by("code")
                if each.longitude is not None and each.latitude is not None
            ]
            self.shrink = math.cos(math.radians(sum(north) / len(north)))
        self.tree = (
            KDTree([(x * self.shrink, y) for _code, x, y in self.rows]) if self.rows else None
        )

    def codes(self, marks: Sequence[Mark]) -> list[str | None]:
        """The code of the division whose seat is nearest to each; None where none is near."""
        if self.tree is None:
            return [None] * len(marks)
        points = [(mark.longitude * self.shrink, mark.latitude) for mark in marks]
        far, at = self.tree.query(points)
        return [
            self.rows[number][0] if away <= FARTHEST_DEGREES else None
            for away, number in zip(far, at, strict=True)
        ]
