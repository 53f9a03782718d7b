"""Nearest first, compared with looking at every union."""

import itertools

import pytest

from niangjia.organisations import selectors
from niangjia.organisations.models import Kind, UnionSearch
from niangjia.organisations.rules import positions
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors import search_nearest
from niangjia.organisations.tests.factories import make_root, make_union
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db

CHINA = (73.5, 135.0, 18.2, 53.5)


class Scatter:
    """Points spread over China without a pattern, the same in every run (Roberts' R2 sequence)."""

    def __init__(self, first=1):
        self.turns = itertools.count(first)

    def point(self):
        west, east, south, north = CHINA
        n = next(self.turns)
        return Position(
            west + (n * 0.7548776662466927) % 1 * (east - west),
            south + (n * 0.5698402909980532) % 1 * (north - south),
        )


def somewhere(scattered):
    return scattered.point()


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        fill_the_country(Scatter())
        yield


@pytest.fixture
def scattered(country):
    """Places nobody is at yet, in a country full of unions."""
    return Scatter(first=1_000)


def fill_the_country(scatter):
    """Unions all over the country, some at one and the same point, with a few words to share."""
    root = make_root()
    for n in range(120):
        point = Position(120.0, 30.0) if n % 10 == 0 else scatter.point()
        make_union(
            f"{['顺达', '中通', '永安'][n % 3]}{n}号{['工厂', '快递'][n % 2]}工会",
            parent=root,
            kind=Kind.GRASSROOTS if n % 5 else Kind.JOINT,
            longitude=point.longitude,
            latitude=point.latitude,
            admits_directly=["courier"] if n % 7 == 0 else [],
        )


def by_brute_force(near, keep=lambda entry: True):
    """The names of all matching unions by distance and rank, computed one by one in Python."""
    entries = UnionSearch.objects.select_related("union").all()
    ordered = sorted(
        (entry for entry in entries if keep(entry)),
        key=lambda e: (
            round(positions.great_circle_metres(near, Position(e.longitude, e.latitude)), 3),
            e.rank,
        ),
    )
    return [entry.union.name for entry in ordered]


def found(near, *, size=20, **criteria):
    page = selectors.find_unions(selectors.Criteria(near=near, **criteria), size=size)
    return [union.name for union in page.items]


def test_the_nearest_are_found_in_order_from_anywhere(scattered):
    for _ in range(40):
        near = somewhere(scattered)
        assert found(near) == by_brute_force(near)[:20]


def test_words_and_kinds_narrow_the_nearest(scattered):
    for _ in range(20):
        near = somewhere(scattered)
        keep = lambda e: "快递" in e.union.name and e.union.kind == Kind.JOINT  # noqa: E731
        assert found(near, words="快递", kind=Kind.JOINT) == by_brute_force(near, keep)[:20]
        keep = lambda e: "courier" in e.union.admits_directly  # noqa: E731
        assert found(near, admits="courier") == by_brute_force(near, keep)[:20]


def test_walking_and_matching_agree(scattered, monkeypatch):
    """The two ways to the same answer: each is quick where the other is slow."""
    near = somewhere(scattered)
    by_words_first = found(near, words="工会", size=25)
    monkeypatch.setattr(search_nearest, "nearest_matches", search_nearest.matching)
    assert found(near, words="工会", size=25) == by_words_first


def test_pages_go_through_everything_once(scattered):
    near, everything, cursor = Position(120.01, 30.01), [], None
    while True:
        page = selectors.find_unions(
            selectors.Criteria(near=near, words="工厂"), cursor=cursor, size=9
        )
        everything += [union.name for union in page.items]
        if (cursor := page.next) is None:
            break
    assert everything == by_brute_force(near, lambda e: "工厂" in e.union.name)


def test_an_exact_name_comes_before_what_is_nearer(scattered):
    near = Position(120.0, 30.0)
    name = by_brute_force(near)[-1]
    assert found(near, words=name)[0] == name


def test_distances_are_said_in_metres_over_the_ground(scattered):
    near = Position(120.0, 30.0)
    union = selectors.find_unions(selectors.Criteria(near=near)).items[0]
    assert union.distance_metres == pytest.approx(0, abs=0.01)
