"""A short way round."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.rules import touring

degrees = st.tuples(st.floats(120.0, 120.2), st.floats(29.2, 29.4)).map(lambda at: Position(*at))


def length(points, order, start=None):
    way = [*([start] if start else []), *(points[each] for each in order)]
    return sum(great_circle_metres(one, other) for one, other in itertools.pairwise(way))


@settings(max_examples=25, deadline=None)
@given(st.lists(degrees, min_size=1, max_size=6, unique=True), st.none() | degrees)
def test_every_place_once_and_hardly_longer_than_the_shortest(points, start):
    legs = touring.way_round(points, start=start)
    order = [leg.index for leg in legs]
    assert sorted(order) == list(range(len(points)))
    best = min(length(points, way, start) for way in itertools.permutations(range(len(points))))
    assert length(points, order, start) <= 1.3 * best + 1


@pytest.mark.parametrize("start", [None, Position(120.0, 29.3)])
def test_no_two_legs_can_be_uncrossed(start):
    """Twelve places in two columns, given zigzag, which nearest-first alone leaves crossed."""
    points = [Position(120 + 0.011 * (n % 2), 29.3 + 0.01 * (n // 2)) for n in range(12)]
    order = [leg.index for leg in touring.way_round(points, start=start)]
    for begin, end in itertools.combinations(range(bool(start), 12), 2):
        turned = order[:begin] + order[begin : end + 1][::-1] + order[end + 1 :]
        assert length(points, order, start) <= length(points, turned, start) + 0.1


def test_minutes_by_car_and_on_foot():
    points = [Position(120.0, 29.3), Position(120.0, 29.31)]
    walked, driven = (touring.way_round(points, drives=drives) for drives in (False, True))
    assert [leg.minutes for leg in walked] == [0, 20]
    assert [leg.minutes for leg in driven] == [0, 4]
    assert touring.total_minutes(walked) == 20 + 2 * touring.MINUTES_THERE
    assert touring.way_round([]) == []
