"""What a place that is written down may be the same as: one door, or one name nearby."""

from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.rules.names import sound_alike

#: Two of one kind this near to each other are one, written down twice, or have one door.
DOOR_METRES = 30.0
#: One name this near by is one place, its point taken at two corners of the house.
NAME_METRES = 300.0


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
