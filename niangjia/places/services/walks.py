"""Where one comes on foot along streets within a quarter of an hour, from each point that counts.

Some at a time, each time in a transaction of its own, and kept: begun again after an interruption
it goes on with what is left.
"""

import uuid
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db import connection

from niangjia.core import transactions
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import StreetMap, StreetTile, WalkReach
from niangjia.places.rules import walks
from niangjia.places.rules.coverage import IS_COUNTED
from niangjia.places.selectors.walks import list_known, list_tiles

#: Called with how many points are done and how many there are; False: stop.
Watch = Callable[[int, int], bool]
#: Held by whoever writes what follows from the streets, or takes it away with them.
STREETS = "streets"
TILES_KEPT = 16
#: Stations whose reach is not known yet, where streets are loaded.
MISSING = f"""
    SELECT DISTINCT entry.longitude, entry.latitude
    FROM places_placesearch AS entry
    JOIN places_streettile AS tile ON tile.col = floor(entry.longitude / %(tile)s)
        AND tile.line = floor(entry.latitude / %(tile)s)
    LEFT JOIN places_walkreach AS walk
        ON walk.longitude = entry.longitude AND walk.latitude = entry.latitude
    WHERE walk.id IS NULL AND {IS_COUNTED} ORDER BY 1, 2
"""  # noqa: S608 - texts of ours, no values


def stations_left() -> list[Position]:
    """The points of stations that are still to be worked out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING, {"tile": walks.TILE})
        return [Position(*row) for row in cursor.fetchall()]


def work_out_walks(points: Iterable[Position], *, watch: Watch = lambda done, total: True) -> None:
    """Work out the reach of those points that lie where streets are loaded and are not known yet,
    by squares of some 2 km; until `watch` says that it is enough."""
    tiles = list_tiles()
    wanted = [point for point in dict.fromkeys(points) if walks.tile_of(point) in tiles]
    known = list_known(wanted)
    squares: dict[tuple[int, int], list[Position]] = defaultdict(list)
    for point in wanted:
        if point not in known:
            squares[walks.square_of(point)].append(point)
    done, total = 0, sum(map(len, squares.values()))
    edges_of = lru_cache(TILES_KEPT)(read_tile)
    for square, some in sorted(squares.items()):
        work_out_square(square, some, edges_of)
        done += len(some)
        if not watch(done, total):
            return


@transactions.atomic
def work_out_square(
    square: tuple[int, int],
    points: list[Position],
    edges_of: Callable[[int, int, frozenset[uuid.UUID]], Any],
) -> None:
    """The reach of the points of one square. `edges_of` gives the pieces of street of a tile, of
    the extracts that are loaded now: others may have been loaded since the last square."""
    from niangjia.places.rules import street_graph

    transactions.hold(STREETS)
    maps = frozenset(StreetMap.objects.values_list("pk", flat=True))
    # A tile is several times as wide as what a walk from this square can lead to, with the street
    # that is nearest to its end.
    box = walks.box_around(square, walks.WALK_METRES + street_graph.SNAP_METRES)
    edges = street_graph.joined(
        [street_graph.within(edges_of(*tile, maps), box) for tile in walks.tiles_around(square)]
    )
    cells = walks.cells_around(square)
    found: list[list[int] | None] = [None] * len(points)
    if len(edges):
        found = street_graph.Streets(edges).reach(
            points, [walks.middle_of(cell) for cell in cells], walks.WALK_METRES
        )
    WalkReach.objects.bulk_create(
        (
            WalkReach(
                longitude=point.longitude,
                latitude=point.latitude,
                cells=None if near is None else [walks.key_of(cells[number]) for number in near],
            )
            for point, near in zip(points, found, strict=True)
        ),
        ignore_conflicts=True,
    )


def read_tile(col: int, line: int, maps: frozenset[uuid.UUID]) -> Any:
    """The pieces of street in a tile, of these extracts."""
    from niangjia.places.rules import street_graph

    kept = StreetTile.objects.filter(col=col, line=line, map__in=maps)
    edges = kept.values_list("edges", flat=True)
    return street_graph.joined([street_graph.unpacked(zlib.decompress(each)) for each in edges])
