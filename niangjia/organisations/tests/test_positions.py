"""Reading and measuring positions. No database."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.organisations.rules import positions
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position

IN_CHINA = st.builds(Position, longitude=st.floats(73, 135), latitude=st.floats(18, 54))


@pytest.mark.parametrize("text", ["29.31,120.07", " 29.31 , 120.07 ", "29.31，120.07"])
def test_a_position_is_read(text):
    assert parse_position(text) == Position(longitude=120.07, latitude=29.31)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("120.07,29.31", "swapped"),
        ("91,10", "swapped"),
        ("87.6,43.8", "swapped"),
        ("75.99,39.47", "swapped"),
        ("91,100", "out-of-range"),
        ("29,181", "out-of-range"),
        ("90,0", "out-of-range"),
        ("", "unreadable"),
        ("29.31", "unreadable"),
        ("1,2,3", "unreadable"),
        ("nan,120", "unreadable"),
        ("1e2,3", "unreadable"),
        ("٢٩,١٢٠", "unreadable"),
    ],
)
def test_what_is_no_position_says_why(text, reason):
    with pytest.raises(BadPosition) as caught:
        parse_position(text)
    assert caught.value.reason == reason


@given(st.text())
def test_no_text_breaks_the_reading(text):
    try:
        position = parse_position(text)
    except BadPosition:
        return
    assert math.isfinite(position.northing)


def test_known_distances():
    beijing, shanghai = Position(116.4074, 39.9042), Position(121.4737, 31.2304)
    assert positions.great_circle_metres(beijing, shanghai) == pytest.approx(1_067_000, rel=0.002)
    assert positions.great_circle_metres(beijing, beijing) == 0


@given(IN_CHINA, IN_CHINA)
def test_nothing_lies_farther_on_the_plane_than_its_reach(one, other):
    """The bound the search relies on, for any two points of China."""
    metres = positions.great_circle_metres(one, other)
    on_plane = math.dist((one.easting, one.northing), (other.easting, other.northing))
    assert on_plane <= positions.mercator_reach(one, metres) * (1 + 1e-9) + 0.001


@pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (960, 12), (3000, 38), (3001, None)])
def test_a_walk_is_said_in_minutes_while_one_would_walk(metres, minutes):
    assert positions.walking_minutes(metres) == minutes
