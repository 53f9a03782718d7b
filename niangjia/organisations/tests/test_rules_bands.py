"""Bands hold the number they stand for, and no small number has one to itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.organisations.rules.bands import band


@pytest.mark.parametrize(
    ("members", "expected"),
    [(0, (0, 0)), (1, (1, 7)), (7, (1, 7)), (8, (8, 49)), (230, (200, 999)), (1000, (1000, 4999))],
)
def test_known_bands(members, expected):
    assert band(members) == expected


def test_the_highest_band_is_open():
    assert band(300_000_000) == (10_000_000, None)


@given(st.integers(1, 400_000_000))
def test_a_band_holds_its_number_and_at_least_six_others(members):
    least, most = band(members)
    assert least <= members
    assert most is None or (members <= most and most - least >= 6)
