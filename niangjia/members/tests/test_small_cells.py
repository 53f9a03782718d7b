"""Published counts point at nobody, also not by subtraction (promise 36)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.members.rules.small_cells import SMALL_CELL, hidden_cells


def solutions(cells, hidden):
    """Every way to fill the hidden cells that fits the published sum; a cell that is hidden may be
    anything from 1, as an onlooker does not know which of them are small."""
    rest = sum(cells[key] for key in hidden)
    keys = sorted(hidden)
    return [
        dict(zip(keys, values, strict=True))
        for values in product(range(1, rest + 1), repeat=len(keys))
        if sum(values) == rest
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, set()),
        ({"a": 0, "b": 12}, set()),
        ({"a": 3, "b": 12, "c": 90}, {"a", "b"}),
        ({"a": 3, "b": 5, "c": 90}, {"a", "b"}),
        ({"a": 1, "b": 1, "c": 90}, {"a", "b", "c"}),
        ({"a": 7, "b": 7, "c": 90}, {"a", "b", "c"}),
        ({"a": 7}, {"a"}),
    ],
)
def test_small_counts_and_what_protects_them_are_hidden(cells, expected):
    assert hidden_cells(cells) == expected


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 20), min_size=2))
def test_subtraction_never_finds_one_hidden_small_cell(cells):
    hidden = hidden_cells(cells)
    assert all(value == 0 or value > SMALL_CELL or key in hidden for key, value in cells.items())
    if not hidden or len([v for v in cells.values() if v]) == len(hidden):
        return  # nothing is left that could protect them
    found = solutions(cells, hidden)
    for key in hidden:
        assert len({one[key] for one in found}) > 1


def test_without_a_second_cell_subtraction_would_find_it():
    """The control: hiding the small cell alone gives it away."""
    assert solutions({"a": 3, "b": 12}, {"a"}) == [{"a": 3}]
