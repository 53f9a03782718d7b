"""Where to open the next stations: compared with trying every choice there is."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.rules import searching, siting
from niangjia.places.rules.siting import Covering

#: Six cells in a row, four sites that overlap: the greedy choice of two is not the best one.
TRAP = Covering([4, 5, 5, 5, 5, 4], [(0, 1, 2), (1, 2, 3, 4), (3, 4, 5), (5,)])


@st.composite
def coverings(draw):
    cells = draw(st.integers(1, 9))
    worth = draw(st.lists(st.integers(0, 30), min_size=cells, max_size=cells))
    reached = st.lists(st.integers(0, cells - 1), max_size=4, unique=True).map(tuple)
    return Covering(worth, draw(st.lists(reached, min_size=1, max_size=8)))


def best(covering, count):
    """The most that any choice of so many is worth."""
    numbers = range(len(covering.reached))
    return max(
        covering.worth_of(chosen)
        for size in range(count + 1)
        for chosen in itertools.combinations(numbers, size)
    )


@settings(max_examples=40, deadline=None)
@given(coverings(), st.integers(1, 4))
def test_it_is_the_best_choice_and_the_bound_is_true(covering, count):
    answer = searching.solve(covering, count, seconds=60)
    assert answer.worth == answer.bound == best(covering, count) == covering.worth_of(answer.chosen)
    assert len(answer.chosen) <= count
    assert list(answer.gains) == sorted(answer.gains, reverse=True)
    greedy = siting.in_order(covering, range(len(covering.reached)), count)
    assert 0.63 * answer.worth <= greedy.worth <= answer.worth


def test_greed_alone_is_a_control_that_falls_short():
    assert siting.in_order(TRAP, range(4), 2).worth == 24
    assert searching.solve(TRAP, 2, seconds=60).worth == 28
    assert searching.solve(TRAP, 2, seconds=60, start=(0, 2)).worth == 28


def test_a_bound_that_is_not_reached_is_said_in_whole_per_cent_rounded_down():
    assert siting.Answer((1,), (969,), 1000).at_least == 96
    assert siting.Answer().at_least == 100


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(119.9, 120.1), st.floats(20, 50)), max_size=20),
    st.floats(10, 3_000),
)
def test_near_cells_are_those_that_measuring_each_finds(points, metres):
    positions = [Position(*point) for point in points]
    positions += [Position(each.longitude + 0.009, each.latitude) for each in positions]
    assert siting.within(positions, positions, metres) == [
        tuple(
            number
            for number, cell in enumerate(positions)
            if great_circle_metres(site, cell) <= metres
        )
        for site in positions
    ]
