"""Where to open the next stations: the maximal covering location problem (Church, ReVelle 1974).

Of candidate sites at most so many are chosen; a cell counts once at least one of them reaches it.
What is said beside an answer is a bound: no choice among these candidates is worth more.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from niangjia.organisations.rules.positions import (
    EARTH_RADIUS_METRES,
    Position,
    great_circle_metres,
)

#: Cells are looked up by squares of about a kilometre.
SQUARE_DEGREES = 0.01


@dataclass(frozen=True)
class Covering:
    """`worth` of each cell, whole numbers; `reached` by each candidate: the numbers of cells."""

    worth: Sequence[int]
    reached: Sequence[Sequence[int]]

    def worth_of(self, chosen: Sequence[int]) -> int:
        """What these candidates are worth together."""
        return sum(self.worth[cell] for cell in self.cells_of(chosen))

    def cells_of(self, chosen: Sequence[int]) -> set[int]:
        """The cells that these candidates reach together."""
        return {cell for each in chosen for cell in self.reached[each]}

    def groups(self) -> dict[tuple[int, ...], list[int]]:
        """Cells of some worth by the candidates that reach them: those of a group are covered
        together or not at all."""
        sites = defaultdict(list)
        for site, cells in enumerate(self.reached):
            for cell in cells:
                if self.worth[cell]:
                    sites[cell].append(site)
        grouped = defaultdict(list)
        for cell, reaching in sites.items():
            grouped[tuple(reaching)].append(cell)
        return grouped


def within(
    sites: Sequence[Position], cells: Sequence[Position], metres: float
) -> list[tuple[int, ...]]:
    """The numbers of the cells within `metres` over the ground of each site. Only the squares
    around a site are looked at."""
    squares = defaultdict(list)
    for number, cell in enumerate(cells):
        squares[square_of(cell)].append(number)
    return [
        tuple(
            sorted(
                number
                for square in around(site, metres)
                for number in squares.get(square, ())
                if great_circle_metres(site, cells[number]) <= metres
            )
        )
        for site in sites
    ]


def square_of(point: Position) -> tuple[int, int]:
    return math.floor(point.longitude / SQUARE_DEGREES), math.floor(point.latitude / SQUARE_DEGREES)


def around(point: Position, metres: float) -> Iterator[tuple[int, int]]:
    """The squares that may hold something so near."""
    high = math.degrees(metres / EARTH_RADIUS_METRES) / SQUARE_DEGREES
    wide = high / math.cos(math.radians(point.latitude) + metres / EARTH_RADIUS_METRES)
    col, line = square_of(point)
    for x in range(col - math.ceil(wide), col + math.ceil(wide) + 1):
        for y in range(line - math.ceil(high), line + math.ceil(high) + 1):
            yield x, y


@dataclass(frozen=True)
class Answer:
    """`chosen` in the order in which they gain most, with what each adds in `gains`. `bound`: no
    choice of as many is worth more. `is_stopped`: somebody called it off."""

    chosen: tuple[int, ...] = ()
    gains: tuple[int, ...] = ()
    bound: int = 0
    is_stopped: bool = False

    @property
    def worth(self) -> int:
        return sum(self.gains)

    @property
    def at_least(self) -> int:
        """Per cent of the best possible, rounded down: a true statement also where it is not known
        what the best is."""
        return 100 * self.worth // self.bound if self.bound else 100


def in_order(covering: Covering, chosen: Sequence[int], count: int) -> Answer:
    """Of `chosen` the `count` that gain most, one after the other; those that gain nothing are left
    out. Greedy: of all candidates it is at least 63 % of the best (Nemhauser and others, 1978)."""
    left = {each: sum(covering.worth[cell] for cell in covering.reached[each]) for each in chosen}
    seen: set[int] = set()
    order: list[int] = []
    gains: list[int] = []
    heap = [(-worth, each) for each, worth in left.items() if worth]
    heapq.heapify(heap)
    while heap and len(order) < count:
        _promised, each = heapq.heappop(heap)
        fresh = sum(covering.worth[cell] for cell in covering.reached[each] if cell not in seen)
        # Gains only shrink: one that is still at the top once counted anew is the largest.
        if heap and -fresh > heap[0][0]:
            heapq.heappush(heap, (-fresh, each))
            continue
        if fresh <= 0:
            break
        order.append(each)
        gains.append(fresh)
        seen.update(covering.reached[each])
    return Answer(tuple(order), tuple(gains))
