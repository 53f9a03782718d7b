from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.regions.rules import coordinates

china = st.tuples(st.floats(75, 135), st.floats(4, 53))


def metres_between(a: coordinates.Point, b: coordinates.Point) -> float:
    east = (a[0] - b[0]) * 111_320 * cos(radians(a[1]))
    return hypot(east, (a[1] - b[1]) * 110_574)


def test_the_published_example():
    """The point used by the reference implementations: WGS-84 into GCJ-02 and BD-09."""
    assert coordinates.wgs84_to_gcj02(116.404, 39.915) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-9
    )
    assert coordinates.gcj02_to_bd09(116.404, 39.915) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-9
    )


def test_the_table_is_in_gcj02():
    """Beijing's old city hall stands at 116.4013 E, 39.9028 N by satellite; the table's point is
    within 200 m of that once it is read as GCJ-02, and half a kilometre off when read otherwise."""
    listed, surveyed = (116.407394, 39.904211), (116.4013, 39.9028)
    assert metres_between(coordinates.gcj02_to_wgs84(*listed), surveyed) < 200
    assert metres_between(listed, surveyed) > 500
    assert metres_between(coordinates.bd09_to_wgs84(*listed), surveyed) > 500


@given(china)
def test_there_and_back_is_where_it_was(point):
    back = coordinates.gcj02_to_wgs84(*coordinates.wgs84_to_gcj02(*point))
    assert back == pytest.approx(point, abs=1e-7)
    baidu = coordinates.bd09_to_gcj02(*coordinates.gcj02_to_bd09(*point))
    assert baidu == pytest.approx(point, abs=1e-7)
    through = coordinates.bd09_to_wgs84(*coordinates.wgs84_to_bd09(*point))
    assert through == pytest.approx(point, abs=1e-7)


@given(china)
def test_the_shift_is_a_few_hundred_metres(point):
    assert 30 < metres_between(point, coordinates.wgs84_to_gcj02(*point)) < 1500


@pytest.mark.parametrize("point", [(-0.1276, 51.5072), (139.69, 35.69), (151.2, -33.87)])
def test_outside_china_nothing_moves(point):
    for convert in (
        coordinates.wgs84_to_gcj02,
        coordinates.gcj02_to_wgs84,
        coordinates.wgs84_to_bd09,
        coordinates.bd09_to_wgs84,
    ):
        assert convert(*point) == point
