"""What a place that is written down may be the same as: one door, or one name nearby."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.rules.names import sound_alike

#: Two of one kind this near to each other are one, written down twice, or have one door.
DOOR_METRES = 30.0
#: One name this near by is one place, its point taken at two corners of the house.
NAME_METRES = 300.0
#: In degrees: nothing nearer than that lies outside, anywhere in China.
HIGH, WIDE = 0.0028, 0.0050
#: Whatever stands there, so many neighbours are enough.
MOST_NEAR = 50


@dataclass(frozen=True)
class Known:
    """A place that is there, or an earlier row of the same list. `key` is the code of the place or
    the number of the row."""

    key: str
    kind: str
    name: str
    point: Position
    is_row: bool = False
    is_ours: bool = True


@dataclass(frozen=True)
class Like:
    """What it may be the same as, and how far that is off, in metres."""

    known: Known
    metres: int


class Neighbours:
    """Rows by the squares they lie in, so that nobody compares each with all. Given in the order of
    their numbers."""

    def __init__(self, rows: Iterable[Known]) -> None:
        self.squares: dict[tuple[int, int], list[Known]] = {}
        for row in rows:
            self.squares.setdefault(square_of(row.point), []).append(row)

    def before(self, number: int, point: Position) -> list[Known]:
        """Those near a point whose number is smaller: the first 50."""
        x, y = square_of(point)
        found: list[Known] = []
        for east in (x - 1, x, x + 1):
            for north in (y - 1, y, y + 1):
                # In their order: what comes later in a square than so many comes too late.
                rows = self.squares.get((east, north), ())[:MOST_NEAR]
                found += [row for row in rows if int(row.key) < number]
        return sorted(found, key=lambda row: int(row.key))[:MOST_NEAR]


def square_of(point: Position) -> tuple[int, int]:
    """The square in which a point lies; what is near lies in it or in one of its eight
    neighbours."""
    return math.floor(point.longitude / WIDE), math.floor(point.latitude / HIGH)


def find_likes(kind: str, name: str, point: Position, known: Iterable[Known]) -> list[Like]:
    """Those of `known` that may be the same, the nearest first: of this kind within 30 m, or of
    this name within 300 m."""
    found = []
    for each in known:
        metres = great_circle_metres(point, each.point)
        at_door = metres <= DOOR_METRES and each.kind == kind
        if at_door or (metres <= NAME_METRES and sound_alike(name, each.name)):
            found.append(Like(each, round(metres)))
    return sorted(found, key=lambda like: like.metres)
