"""Public values: their one form, and that nobody gains by trying secrets."""

import datetime as dt
import math

import pytest

from niangjia.allocation.rules import public_values
from niangjia.allocation.rules.public_values import DOUBLE_COLOUR_BALL, SOURCES, SUPER_LOTTO


@pytest.mark.parametrize(
    "typed",
    [
        "03 07 12 21 28 33+09",
        "3,7,12,21,28,33 + 9",
        "33 28 21 12 07 03 | 09",
        "０３　０７　１２　２１　２８　３３＋０９",
        "03、07、12、21、28、33、09",
    ],
)
def test_a_result_has_one_form_however_it_is_typed(typed):
    read = public_values.read_value(DOUBLE_COLOUR_BALL, typed)
    assert read == "03 07 12 21 28 33+09"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "03 07 12 21 28 33",
        "03 03 12 21 28 33+09",
        "03 07 12 21 28 34+09",
        "03 07 12 21 28 33+17",
        "00 07 12 21 28 33+09",
        "03 07 12 21 28 33+09 01",
        "红 03 07 12 21 28 33+09",
        "-3 07 12 21 28 333+09",
    ],
)
def test_what_can_be_no_result_is_none(typed):
    assert public_values.read_value(DOUBLE_COLOUR_BALL, typed) is None


def test_the_other_lottery():
    assert public_values.read_value(SUPER_LOTTO, "35 1 2 3 4+12 5") == "01 02 03 04 35+05 12"
    assert public_values.read_value(SUPER_LOTTO, "35 1 2 3 4+12 12") is None


@pytest.mark.parametrize("source", SOURCES.values(), ids=str)
def test_an_example_is_a_result(source):
    assert public_values.read_value(source, source.example) == source.example


@pytest.mark.parametrize("source", SOURCES.values(), ids=str)
def test_a_billion_secrets_tried_gain_nobody_anything(source):
    """Each secret gives a set of outcomes in which somebody wins; how large it is scatters around
    the fair share with the square root of the number of outcomes. 6 standard deviations are what
    the best of a billion reaches."""
    assert source.outcomes >= public_values.OUTCOMES_MIN
    fair = 0.01
    assert 6 * math.sqrt(fair * (1 - fair) / source.outcomes) / fair < 0.02


def test_control_an_index_that_closes_within_six_thousand_values_would():
    assert 6 * math.sqrt(0.01 * 0.99 / 6000) / 0.01 > 0.7


@pytest.mark.parametrize(
    ("typed", "issue"),
    [
        ("2026135", "2026135"),
        ("26135", "2026135"),
        ("２０２６１３５", "2026135"),
        ("2026 135", "2026135"),
    ],
)
def test_an_issue(typed, issue):
    assert public_values.read_issue(typed) == issue


@pytest.mark.parametrize("typed", ["", "135", "2026000", "1999135", "2026-135", "二〇二六"])
def test_no_issue(typed):
    assert public_values.read_issue(typed) is None


def test_a_result_is_known_no_earlier_than_that_evening():
    tuesday = dt.date(2026, 11, 24)
    assert public_values.known_at(DOUBLE_COLOUR_BALL, tuesday).isoformat() == (
        "2026-11-24T21:00:00+08:00"
    )
    with pytest.raises(ValueError, match="day"):
        public_values.known_at(SUPER_LOTTO, tuesday)
    days = {day for source in SOURCES.values() for day in source.weekdays}
    assert days == {0, 1, 2, 3, 5, 6}, "any evening but Friday's"
