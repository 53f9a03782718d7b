"""Streets as lines to draw, from the pieces a tile keeps."""

import gzip
import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from niangjia.places.rules.walks import TILE

#: One piece as `street_graph.EDGE` keeps it: its ends, where they are in ten-millionths of a
#: degree, its length, which of the tile's names it has, and its size.
PIECE = struct.Struct("<qqiiiifIB")
#: Lines are drawn to a hundred-thousandth of a degree, about a metre.
FINE = 100
TO_DRAW = 100_000

Point = tuple[int, int]
#: Of each point, to which others a piece leads on from it.
Following = dict[int, list[int]]


class Kept(NamedTuple):
    """What one extract has of a square: its pieces, what the streets are called, and whether they
    are made up."""

    pieces: bytes
    names: Sequence[str]
    is_made_up: bool


class Street(TypedDict):
    """What has one name ("" for all that have none) and one size (`streets.Size`) within a tile.

    `lines`: each as `[x, y, dx, dy, dx, dy …]`: where it begins, counted from the tile's
    south-western corner, then each step, in hundred-thousandths of a degree."""

    name: str
    size: int
    lines: list[list[int]]


class Drawn(TypedDict):
    """The streets of a square, small ones first; whose they are is named beside them (`is_osm`),
    and so is that they are made up."""

    streets: list[Street]
    is_osm: bool
    is_made_up: bool


NOTHING = Drawn(streets=[], is_osm=False, is_made_up=False)


def packed(kept: Sequence[Kept], col: int, line: int) -> bytes:
    """What is drawn of a square, as JSON, compressed by gzip."""
    drawn = Drawn(
        streets=streets_of(kept, col, line),
        is_osm=any(not each.is_made_up for each in kept),
        is_made_up=any(each.is_made_up for each in kept),
    )
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def streets_of(kept: Iterable[Kept], col: int, line: int) -> list[Street]:
    """The streets of a square. Pieces that two extracts both have are drawn once."""
    corner = round(col * TILE * TO_DRAW), round(line * TILE * TO_DRAW)
    points: dict[int, Point] = {}
    streets: dict[tuple[int, str], Following] = defaultdict(lambda: defaultdict(list))
    seen: set[Point] = set()
    for pieces, names, _is_made_up in kept:
        called = ["", *names]
        for a, b, ax, ay, bx, by, _metres, name, size in PIECE.iter_unpack(pieces):
            if (a, b) in seen or (b, a) in seen:
                continue
            seen.add((a, b))
            points[a], points[b] = (ax, ay), (bx, by)
            streets[size, called[name]][a].append(b)
    return [
        Street(name=name, size=size, lines=lines_of(following, points, corner))
        for (size, name), following in sorted(streets.items())
    ]


def lines_of(following: Following, points: dict[int, Point], corner: Point) -> list[list[int]]:
    """The pieces as few lines, see `Street`."""
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


def relative(point: Point, corner: Point) -> Point:
    """`point` counted from `corner`, as finely as it is drawn."""
    return round(point[0] / FINE) - corner[0], round(point[1] / FINE) - corner[1]
