"""A short way round several places: nearest first, then every crossing undone (2-opt).

Nobody needs the shortest way of all; this one is within a few per cent of it, and made at once. The
way is the great circle, stretched by what streets add (`rules.walking`). It does not lead back.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.rules import walking

#: Through a town by car, with its traffic lights: 24 km an hour.
DRIVING_METRES_A_MINUTE = 400
#: So long one looks around at a place, in minutes.
MINUTES_THERE = 15
MOST_STOPS = 60
Table = list[list[float]]


@dataclass(frozen=True)
class Leg:
    """To the place `index` of those given; `metres` over the ground and `minutes` from the one
    before, or from the start."""

    index: int
    metres: int
    minutes: int


def way_round(
    points: Sequence[Position], *, start: Position | None = None, drives: bool = False
) -> list[Leg]:
    """All points in an order that makes a short way, beginning at `start` or, without one, at the
    point from which it is shortest. At most `MOST_STOPS` points."""
    if not points:
        return []
    everything = [*([start] if start else []), *points]
    table = [[great_circle_metres(one, other) for other in everything] for one in everything]
    firsts = [0] if start else range(len(everything))
    order = min((nearest_first(table, first) for first in firsts), key=lambda way: cost(table, way))
    order = uncrossed(table, order, is_start_fixed=start is not None)
    legs = []
    for before, here in zip([order[0], *order], order, strict=False):
        metres = table[before][here] * walking.DETOUR
        legs.append(Leg(here - bool(start), round(metres), minutes(metres, drives=drives)))
    return legs[1:] if start else legs


def minutes(metres: float, *, drives: bool) -> int:
    """Whole minutes for so many metres of street."""
    speed = DRIVING_METRES_A_MINUTE if drives else walking.METRES_A_MINUTE
    return math.ceil(metres / speed)


def nearest_first(table: Table, first: int) -> list[int]:
    """From `first` always on to the nearest that is left."""
    order, left = [first], set(range(len(table))) - {first}
    while left:
        here = table[order[-1]]
        order.append(min(left, key=lambda each: (here[each], each)))
        left.remove(order[-1])
    return order


def cost(table: Table, order: Sequence[int]) -> float:
    """How long the way is, in metres of the straight line."""
    return sum(table[one][other] for one, other in pairwise(order))


def uncrossed(table: Table, order: list[int], *, is_start_fixed: bool) -> list[int]:
    """Turn stretches of the way round as long as that makes it shorter."""
    first, last = int(is_start_fixed), len(order)
    better = True
    while better:
        better = False
        for begin in range(first, last - 1):
            for end in range(begin + 1, last):
                if gain(table, order, begin, end) > 1e-6:
                    order[begin : end + 1] = reversed(order[begin : end + 1])
                    better = True
    return order


def gain(table: Table, order: Sequence[int], begin: int, end: int) -> float:
    """What turning `begin` to `end` round saves, in metres."""
    saved = 0.0
    if begin:
        before = order[begin - 1]
        saved += table[before][order[begin]] - table[before][order[end]]
    if end + 1 < len(order):
        after = order[end + 1]
        saved += table[order[end]][after] - table[order[begin]][after]
    return saved


def total_minutes(legs: Sequence[Leg]) -> int:
    """The whole round, looking around included."""
    return sum(leg.minutes for leg in legs) + MINUTES_THERE * len(legs)
