"""Streets as lines to draw, from the pieces a tile keeps.

Read without numpy, so that the process that shows pages does not import it for a map.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable

from niangjia.places.rules.walks import TILE

#: One piece as `street_graph.EDGE` keeps it: its ends, where they are in ten-millionths of a
#: degree, and its length.
PIECE = struct.Struct("<qqiiiif")
#: Lines are drawn to a hundred-thousandth of a degree, about a metre.
FINE = 100
TO_DRAW = 100_000

Point = tuple[int, int]


def lines_of(kept: Iterable[bytes], col: int, line: int) -> list[list[int]]:
    """The streets of a tile, each as `[x, y, dx, dy, dx, dy …]`: where it begins, counted from the
    tile's south-western corner, then each step, in hundred-thousandths of a degree. Pieces that two
    extracts both have are drawn once."""
    corner = round(col * TILE * TO_DRAW), round(line * TILE * TO_DRAW)
    points, following = joined(kept)
    drawn = []
    reached = {end for ends in following.values() for end in ends}
    # From the ends of streets first, so that a street is one line.
    for start in sorted(following, key=reached.__contains__):
        while following[start]:
            at = start
            x, y = relative(points[at], corner)
            numbers = [x, y]
            while following[at]:
                at = following[at].pop()
                east, north = relative(points[at], corner)
                numbers += [east - x, north - y]
                x, y = east, north
            drawn.append(numbers)
    return drawn


def joined(kept: Iterable[bytes]) -> tuple[dict[int, Point], dict[int, list[int]]]:
    """Where each point is, and to which others a piece leads on from it, each piece once."""
    points: dict[int, Point] = {}
    following: dict[int, list[int]] = defaultdict(list)
    seen: set[Point] = set()
    for each in kept:
        for a, b, ax, ay, bx, by, _metres in PIECE.iter_unpack(each):
            if (a, b) in seen or (b, a) in seen:
                continue
            seen.add((a, b))
            points[a], points[b] = (ax, ay), (bx, by)
            following[a].append(b)
    return points, following


def relative(point: Point, corner: Point) -> Point:
    """`point` counted from `corner`, as finely as it is drawn."""
    return round(point[0] / FINE) - corner[0], round(point[1] / FINE) - corner[1]
