"""Streets as a graph of numbers: made compact when they are loaded, walked along later.

numpy and scipy are imported with this module, so whoever only shows pages does not import it.
A point of a street has the number that OpenStreetMap gave it; one that we put into a long straight
piece has a negative number made from the numbers of its ends.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import KDTree

from niangjia.organisations.rules.positions import EARTH_RADIUS_METRES, Position
from niangjia.places.rules.walking import DETOUR
from niangjia.places.rules.walks import Box

Numbers = np.ndarray[Any, np.dtype[Any]]

#: A piece of a street between two points of the graph: their numbers, where they are (degrees times
#: ten million, WGS-84, as OpenStreetMap keeps them), how long it is along the street, which of the
#: names kept beside it is its own (0: none), and how large the street is (`streets.Size`).
EDGE = np.dtype(
    {
        "names": ["a", "b", "ax", "ay", "bx", "by", "metres", "name", "size"],
        "formats": ["<i8", "<i8", "<i4", "<i4", "<i4", "<i4", "<f4", "<u4", "u1"],
    }
)
UNITS = 10_000_000
#: About so long is a piece: whoever steps onto a street does so at the end of one.
PIECE_METRES = 80.0
#: Pieces that hang together with less than this are no street net: a path drawn inside a park.
ISLAND_METRES = 500.0
#: Further from any street nobody is on the net: the corner of a cell is 353 m from its middle.
SNAP_METRES = 350.0
#: So many walks are begun at a time: each takes a number for every point of the net.
AT_A_TIME = 16


@dataclass(frozen=True)
class Ways:
    """Ways one after the other: of each point its number, where it is, and its way's number. Of
    each way, by its number, which name it has and how large it is, as in `EDGE`."""

    refs: Numbers
    x: Numbers
    y: Numbers
    ways: Numbers
    names: Numbers
    sizes: Numbers


def metres_between(ax: Numbers, ay: Numbers, bx: Numbers, by: Numbers) -> Numbers:
    """Great circles between points in ten-millionths of degrees, by the haversine formula."""
    east, north = np.radians(np.array([ax, bx]) / UNITS), np.radians(np.array([ay, by]) / UNITS)
    chord = (
        np.sin((north[1] - north[0]) / 2) ** 2
        + np.cos(north[0]) * np.cos(north[1]) * np.sin((east[1] - east[0]) / 2) ** 2
    )
    found: Numbers = 2 * EARTH_RADIUS_METRES * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return found


def compact(ways: Ways) -> Numbers:
    """The graph of `ways` as an array of `EDGE`: points are kept where ways meet or end and about
    every 80 metres in between; what hangs together with less than 500 metres is left out."""
    if len(ways.refs) < 2:
        return np.empty(0, EDGE)
    joined = ways.ways[1:] == ways.ways[:-1]
    steps = metres_between(ways.x[:-1], ways.y[:-1], ways.x[1:], ways.y[1:])
    along = np.concatenate([[0.0], np.cumsum(np.where(joined, steps, 0.0))])
    _known, inverse, uses = np.unique(ways.refs, return_inverse=True, return_counts=True)
    kept = uses[inverse] > 1
    kept[0] = kept[-1] = True
    kept[1:] |= ~joined
    kept[:-1] |= ~joined
    kept[1:] |= np.floor(along[1:] / PIECE_METRES) != np.floor(along[:-1] / PIECE_METRES)
    (at,) = np.nonzero(kept)
    one, other = at[:-1], at[1:]
    pairs = (ways.ways[one] == ways.ways[other]) & (ways.refs[one] != ways.refs[other])
    one, other = one[pairs], other[pairs]
    edges = np.empty(len(one), EDGE)
    edges["a"], edges["ax"], edges["ay"] = ways.refs[one], ways.x[one], ways.y[one]
    edges["b"], edges["bx"], edges["by"] = ways.refs[other], ways.x[other], ways.y[other]
    edges["metres"] = along[other] - along[one]
    edges["name"], edges["size"] = ways.names[ways.ways[one]], ways.sizes[ways.ways[one]]
    return without_islands(in_pieces(edges))


def in_pieces(edges: Numbers) -> Numbers:
    """Long straight pieces cut into equal ones of about 80 metres."""
    parts = np.maximum(1, np.ceil(edges["metres"] / (1.5 * PIECE_METRES))).astype(np.int64)
    cut = np.repeat(edges, parts)
    number = np.arange(len(cut)) - np.repeat(np.cumsum(parts) - parts, parts)
    of = np.repeat(parts, parts)
    ends = cut["a"].copy(), cut["b"].copy()
    for axis in "xy":
        begin, end = cut[f"a{axis}"].astype(np.float64), cut[f"b{axis}"].astype(np.float64)
        cut[f"a{axis}"] = np.rint(begin + (end - begin) * number / of)
        cut[f"b{axis}"] = np.rint(begin + (end - begin) * (number + 1) / of)
    inner = number > 0
    cut["a"][inner] = number_between(*ends, number)[inner]
    inner = number < of - 1
    cut["b"][inner] = number_between(*ends, number + 1)[inner]
    cut["metres"] /= of
    return cut


def number_between(one: Numbers, other: Numbers, which: Numbers) -> Numbers:
    """The number of a point that OpenStreetMap has none for: negative, and the same for the same
    piece, so that two extracts of one street fit together. Made from the piece, not from where it
    is: a bridge and the street below it do not meet. Two of a billion are alike once in a dozen
    times, and then somewhere in the world."""
    mixed = one.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) + other.astype(np.uint64)
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    mixed = ((mixed ^ (mixed >> np.uint64(32))) + which.astype(np.uint64)) * np.uint64(
        0x94D049BB133111EB
    )
    return -(mixed >> np.uint64(1)).astype(np.int64) - 1


def without_islands(edges: Numbers) -> Numbers:
    """What hangs together with at least 500 metres of street."""
    if not len(edges):
        return edges
    points, ends = np.unique(np.concatenate([edges["a"], edges["b"]]), return_inverse=True)
    one, other = ends[: len(edges)], ends[len(edges) :]
    net = csr_array((np.ones(len(edges)), (one, other)), shape=(len(points), len(points)))
    _count, label = connected_components(net, directed=False)
    length = np.bincount(label[one], weights=edges["metres"])
    whole: Numbers = edges[length[label[one]] >= ISLAND_METRES]
    return whole


class Streets:
    """A part of the graph, some kilometres wide, to walk along. Of several pieces between two
    points the shortest counts."""

    def __init__(self, edges: Numbers) -> None:
        self.middle = Position(*(float(edges[axis].mean()) / UNITS for axis in ("ax", "ay")))
        points, first, ends = np.unique(
            np.concatenate([edges["a"], edges["b"]]), return_index=True, return_inverse=True
        )
        x, y = (np.concatenate([edges[f"a{axis}"], edges[f"b{axis}"]])[first] for axis in "xy")
        one, other = np.sort(ends.reshape(2, -1), axis=0)
        order = np.lexsort((edges["metres"], other, one))
        one, other, metres = one[order], other[order], edges["metres"][order].astype(np.float64)
        fresh = np.ones(len(one), bool)
        fresh[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
        self.net = csr_array(
            (np.maximum(metres[fresh], 0.001), (one[fresh], other[fresh])),
            shape=(len(points), len(points)),
        )
        self.tree = KDTree(self.on_plane(x / UNITS, y / UNITS))

    def on_plane(self, longitudes: Any, latitudes: Any) -> Numbers:
        """Metres east and north of the middle. Within some kilometres the plane is right to a
        thousandth."""
        degree = np.radians(1) * EARTH_RADIUS_METRES
        east = (np.asarray(longitudes) - self.middle.longitude) * degree
        north = (np.asarray(latitudes) - self.middle.latitude) * degree
        return np.column_stack([east * np.cos(np.radians(self.middle.latitude)), north])

    def reach(
        self, starts: Sequence[Position], goals: Sequence[Position], metres: float
    ) -> list[list[int] | None]:
        """For each start the numbers of the goals that a walk of at most `metres` leads to; None
        for a start that no street is near. The way to the street and from it is straight. A goal
        that no street is near is reached as if there were none: over the great circle × 1.3.
        """
        begin, far, begin_plane = self.onto(starts)
        end, rest, end_plane = self.onto(goals)
        on_net = rest <= SNAP_METRES
        found: list[list[int] | None] = []
        for first in range(0, len(starts), AT_A_TIME):
            some = slice(first, first + AT_A_TIME)
            points, back = np.unique(begin[some], return_inverse=True)
            walked = dijkstra(self.net, directed=False, indices=points, limit=metres)[back]
            whole = walked[:, end] + far[some, None] + rest[None, :]
            apart = np.linalg.norm(begin_plane[some, None] - end_plane[None], axis=2) * DETOUR
            near = np.where(on_net[None, :], whole, apart) <= metres
            for is_on_net, row in zip(far[some] <= SNAP_METRES, near, strict=True):
                found.append(np.nonzero(row)[0].tolist() if is_on_net else None)
        return found

    def onto(self, places: Sequence[Position]) -> tuple[Numbers, Numbers, Numbers]:
        """The nearest point of the net to each place, how far that is, and where it is itself."""
        plane = self.on_plane(
            [each.longitude for each in places], [each.latitude for each in places]
        )
        far, point = self.tree.query(plane)
        return point, far, plane


def by_tile(edges: Numbers, degrees: float) -> Iterator[tuple[int, int, Numbers]]:
    """The pieces by the tile in which each begins: its column, its line, and those pieces."""
    cols = np.floor(edges["ax"] / (degrees * UNITS)).astype(np.int64)
    lines = np.floor(edges["ay"] / (degrees * UNITS)).astype(np.int64)
    order = np.lexsort((edges["a"], lines, cols))
    cols, lines, edges = cols[order], lines[order], edges[order]
    turns = np.nonzero((cols[1:] != cols[:-1]) | (lines[1:] != lines[:-1]))[0] + 1
    bounds = [0, *turns.tolist(), len(edges)]
    for begin, end in itertools.pairwise(bounds):
        if end > begin:
            yield int(cols[begin]), int(lines[begin]), edges[begin:end]


def with_names(edges: Numbers, names: Sequence[str]) -> tuple[Numbers, list[str]]:
    """The pieces of a tile with their own names only, and these; the first stands for 1."""
    used, which = np.unique(np.append(edges["name"], 0), return_inverse=True)
    own = edges.copy()
    own["name"] = which[:-1]
    return own, [names[number] for number in used[1:]]


def within(edges: Numbers, box: Box) -> Numbers:
    """The pieces that begin or end in a box of degrees."""
    west, south, east, north = (round(degrees * UNITS) for degrees in box)
    inside = np.zeros(len(edges), bool)
    for end in "ab":
        x, y = edges[f"{end}x"], edges[f"{end}y"]
        inside |= (west <= x) & (x <= east) & (south <= y) & (y <= north)
    found: Numbers = edges[inside]
    return found


def unpacked(kept: bytes) -> Numbers:
    """The pieces of a tile as they were kept."""
    return np.frombuffer(kept, EDGE)


def joined(parts: Sequence[Numbers]) -> Numbers:
    """The pieces of several tiles; of none, none."""
    return np.concatenate([np.empty(0, EDGE), *parts])
