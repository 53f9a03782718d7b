"""Promise 36: what is published of ratings is attacked by subtraction, and does not give way."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.feedback.rules import publishing
from niangjia.feedback.rules.metrics import LEVELS
from niangjia.feedback.rules.publishing import (
    STEP,
    published,
    rounded,
    tells_too_much,
    ten_at_a_time,
)

#: What must never be found out exactly.
SMALL = range(1, 8)


def within(count: int) -> range:
    """What a published count may stand for."""
    return range(rounded(count), rounded(count) + STEP)


def solutions(total: int, cells: list[int]) -> list[set[int]]:
    """Every value each hidden cell can have, given the published total and the published cells: the
    attacker tries all combinations."""
    possible: list[set[int]] = [set() for _cell in cells]
    for values in itertools.product(*(within(cell) for cell in cells)):
        if sum(values) in within(total):
            for found, value in zip(possible, values, strict=True):
                found.add(value)
    return possible


counts = st.integers(0, 45)


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(counts, min_size=2, max_size=3))
def test_no_small_cell_is_solved_from_its_sum(cells):
    for cell, found in zip(cells, solutions(sum(cells), cells), strict=True):
        if cell in SMALL:
            assert len(found) > 1
            assert max(found) >= STEP - 1


@settings(max_examples=40, deadline=None)
@given(table=st.tuples(counts, counts, counts, counts))
def test_nor_from_a_table_with_sums_both_ways(table):
    """Two services by two levels, their sums and the grand total, as the pages together say."""
    a, b, c, d = table
    lines = [(0, 1, a + b), (2, 3, c + d), (0, 2, a + c), (1, 3, b + d)]
    if any(tells_too_much(total, [table[i], table[j]]) for i, j, total in lines):
        return
    possible: list[set[int]] = [set() for _cell in table]
    for values in itertools.product(*(within(cell) for cell in table)):
        fits = all(values[i] + values[j] in within(total) for i, j, total in lines)
        if fits and sum(values) in within(sum(table)):
            for found, value in zip(possible, values, strict=True):
                found.add(value)
    for cell, found in zip(table, possible, strict=True):
        if cell in SMALL:
            assert len(found) > 1


def test_the_control_exact_sums_give_a_hidden_cell_away():
    """Without rounding of the sum, hiding the cell hides nothing."""
    cells = [23, 31, 4]
    assert sum(cells) - cells[0] - cells[1] == 4
    assert 4 in SMALL


def test_the_case_that_rounding_leaves_is_found():
    """Ten cells of 9: their sum, 90, can be reached in few ways only."""
    cells = [9] * 10
    assert tells_too_much(sum(cells), cells)
    assert not tells_too_much(50, [10, 10, 10, 10, 10])


@given(cells=st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_a_sum_that_is_let_through_leaves_each_cell_its_whole_room_at_the_bottom(cells):
    total = sum(cells)
    if tells_too_much(total, cells) or len(cells) < 2:
        return
    for number, cell in enumerate(cells):
        others = cells[:number] + cells[number + 1 :]
        least = rounded(total) - sum(rounded(other) + STEP - 1 for other in others)
        assert least <= rounded(cell)


months = st.lists(
    st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 12), max_size=3), max_size=8
)


@given(months=months)
def test_between_two_things_that_are_said_there_are_ten_voices(months):
    """Month after month somebody looks. What they saw before, taken from what they see now, is
    nothing, or ten ratings and more; and no rating is lost, only waited for."""
    named = {f"2026-{number:02}": Counter(levels) for number, levels in enumerate(months, 1)}
    seen = [ten_at_a_time(dict(list(named.items())[:end])) for end in range(len(named) + 1)]
    for before, after in itertools.pairwise(seen):
        assert before <= after
        assert after.total() - before.total() not in range(1, STEP)
    assert sum(levels.total() for levels in named.values()) - seen[-1].total() < STEP


def test_the_control_said_at_once_a_single_voice_is_seen():
    """Forty have rated; somebody looks, one more rates, somebody looks again."""
    before, after = Counter({5: 29, 1: 19}), Counter({5: 29, 1: 20})
    first, then = (published(levels, towards=4.0) for levels in (before, after))
    assert (first.levels[-1], then.levels[-1]) == ((1, 10), (1, 20))
    said = {"2026-10": before}
    assert ten_at_a_time(said) == ten_at_a_time(said | {"2026-11": after - before}) == before


@pytest.mark.parametrize("count", range(10))
def test_below_ten_nothing_is_published(count):
    found = published({5: count}, towards=4.0)
    assert (found.count, found.score, found.levels) == (0, None, None)


def test_from_ten_on_in_tens_with_a_score():
    found = published({5: 27, 4: 12, 1: 3}, towards=4.0)
    assert found.count == 40
    assert found.levels == ((5, 20), (4, 10), (3, 0), (2, 0), (1, 0))
    assert found.score.low < found.score.mean < found.score.high
    assert found.score.mean == round(found.score.mean, 1)


def test_a_distribution_that_tells_too_much_is_withheld():
    levels = dict.fromkeys(LEVELS, 19)
    found = published(levels, towards=4.0)
    assert found.levels is None
    assert found.score is not None


def test_what_lies_beside_is_looked_at():
    others = [{5: 9}] * 9
    assert published({5: 9, 4: 20}, towards=4.0).levels is not None
    assert published({5: 9, 4: 20}, towards=4.0, beside=others).levels is None
    assert max(SMALL) < publishing.STEP
