"""Nearest first, where there are few unions: what the ground and a missing point do."""

import pytest

from niangjia.organisations import selectors
from niangjia.organisations.models import UnionSearch
from niangjia.organisations.rules import positions
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors import search_nearest
from niangjia.organisations.tests.factories import make_root, make_union
from niangjia.organisations.tests.test_search_nearest import by_brute_force, found

pytestmark = pytest.mark.django_db


def test_the_plane_alone_would_be_wrong(monkeypatch):
    """Control: northwards the plane is stretched, so that what is nearer over the ground is
    farther on it; without the bound on the distortion it would be missed."""
    root, near = make_root(), Position(116.0, 40.0)
    UnionSearch.objects.all().delete()
    make_union("北边工会", parent=root, longitude=116.0, latitude=43.0)
    for n in range(3):
        make_union(f"南边{n}工会", parent=root, longitude=116.0 + n / 1000, latitude=36.95)
    monkeypatch.setattr(search_nearest, "SPARE", 0)
    assert found(near, size=1) == by_brute_force(near)[:1] == ["北边工会"]
    monkeypatch.setattr(positions, "mercator_reach", lambda near, metres: 0.0)
    assert found(near, size=1) != ["北边工会"]


def test_a_union_without_a_point_stands_at_its_division():
    root = make_root()
    make_union("无坐标工会", parent=root)
    union = next(
        u
        for u in selectors.find_unions(
            selectors.Criteria(near=Position(120.07, 29.31), words="无坐标工会")
        ).items
    )
    assert union.is_approximate
    assert union.walking_minutes is None
