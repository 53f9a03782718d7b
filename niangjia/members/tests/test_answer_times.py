"""The median wait, from counts by whole hours."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.members.rules.answer_times import median_hours


@pytest.mark.parametrize(
    ("figures", "median"),
    [
        ({}, None),
        ({"members": 4}, None),
        ({"answer_hours:5": 1}, 5),
        ({"answer_hours:10": 1, "answer_hours:9": 1}, 9.5),
        ({"answer_hours:100": 1, "answer_hours:2": 3}, 2),
        ({"answer_hours:3": 0}, None),
    ],
)
def test_median(figures, median):
    assert median_hours(figures) == median


@given(st.lists(st.integers(0, 40), min_size=1))
def test_it_is_the_median_of_the_hours_themselves(hours):
    figures = {f"answer_hours:{h}": hours.count(h) for h in hours}
    assert median_hours(figures) == statistics.median(hours)
