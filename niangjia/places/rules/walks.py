"""The grid of people as whole numbers, and which of its cells may lie within a walk of a point."""

import math
from collections.abc import Iterator

from niangjia.organisations.rules.positions import EARTH_RADIUS_METRES, Position
from niangjia.places.rules import walking
from niangjia.places.rules.coverage import CELL, COARSE_METRES, COARSER, WALK_MINUTES

#: So far one walks along streets in that time.
WALK_METRES = WALK_MINUTES * walking.METRES_A_MINUTE
#: Streets are kept by squares of so many degrees, some 5 km.
TILE = 0.05
#: Points are worked out together by squares of so many degrees, some 2 km.
SQUARE = 0.02
#: A piece of street may reach so far out of the tile it is kept in.
EDGE_METRES = 250.0
#: West, south, east and north.
Box = tuple[float, float, float, float]
#: How many times as wide as the finest, column, line.
Cell = tuple[int, int, int]


def tile_of(point: Position) -> tuple[int, int]:
    """Column and line of the tile a point lies in."""
    return math.floor(point.longitude / TILE), math.floor(point.latitude / TILE)


def square_of(point: Position) -> tuple[int, int]:
    """The square a point is worked out in."""
    return math.floor(point.longitude / SQUARE), math.floor(point.latitude / SQUARE)


def degrees_around(latitude: float, metres: float) -> tuple[float, float]:
    """How many degrees to the east and to the north so many metres are at most."""
    high = math.degrees(metres / EARTH_RADIUS_METRES)
    return high / math.cos(math.radians(abs(latitude) + high)), high


def box_around(square: tuple[int, int], metres: float) -> Box:
    """Wherever one may be within so many metres of a square."""
    west, south = square[0] * SQUARE, square[1] * SQUARE
    wide, high = degrees_around(south + SQUARE, metres)
    return west - wide, south - high, west + SQUARE + wide, south + SQUARE + high


def grid_within(box: Box, width: float, height: float) -> Iterator[tuple[int, int]]:
    """Columns and lines of the grid of so many degrees that a box touches."""
    west, south, east, north = box
    for col in range(math.floor(west / width), math.floor(east / width) + 1):
        for line in range(math.floor(south / height), math.floor(north / height) + 1):
            yield col, line


def tiles_around(square: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The tiles in which any walk from within a square goes on."""
    return grid_within(box_around(square, WALK_METRES + EDGE_METRES), TILE, TILE)


def cells_around(square: tuple[int, int]) -> list[Cell]:
    """Every cell whose middle a walk from within a square may lead to, fine and coarse."""
    box = box_around(square, WALK_METRES)
    return [
        (coarser, col, line)
        for coarser in (1, COARSER)
        for col, line in grid_within(box, CELL[0] * coarser, CELL[1] * coarser)
    ]


def middle_of(cell: Cell) -> Position:
    """The middle of a cell."""
    coarser, col, line = cell
    return Position((col + 0.5) * CELL[0] * coarser, (line + 0.5) * CELL[1] * coarser)


def key_of(cell: Cell) -> int:
    """A cell as one number: 2 × (65536 × column + line), and one more for a coarse one. As it is
    written in SQL in `services.measuring`."""
    coarser, col, line = cell
    return 2 * (65_536 * col + line) + (coarser > 1)


def cell_at(point: Position, side_m: int) -> Cell:
    """The cell of this side that a point lies in."""
    coarser = COARSER if side_m >= COARSE_METRES else 1
    return (
        coarser,
        math.floor(point.longitude / (CELL[0] * coarser)),
        math.floor(point.latitude / (CELL[1] * coarser)),
    )
