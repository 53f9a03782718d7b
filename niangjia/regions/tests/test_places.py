"""The place that pages begin from."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from niangjia.regions import selectors, services
from niangjia.regions.models import Division
from niangjia.regions.rules import places
from niangjia.regions.selectors import places as remembering
from tests.database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]


@dataclass
class Account:
    place_code: str = ""


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        services.load_divisions()
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered():
    remembering.REMEMBERED.clear()
    yield
    remembering.REMEMBERED.clear()


@pytest.fixture
def committed(monkeypatch):
    """As in a request, which no test's transaction surrounds."""
    monkeypatch.setattr(remembering, "connection", SimpleNamespace(in_atomic_block=False))


@pytest.mark.parametrize(
    "value",
    ["", "义乌", "33078", "330782001", "3307820011", "0' OR 1=1", "330782\n", "\0", "9" * 5000],
)
def test_what_cannot_be_a_place_is_none_and_asks_nothing(value, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.begins_at({places.COOKIE: value}) is None


def test_nobody_in_particular_begins_nowhere_in_particular(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.begins_at({}) is None
        assert selectors.begins_at({}, Account()) is None


def test_a_choice_counts_before_where_one_belongs():
    member = Account(place_code="330782")
    assert selectors.begins_at({}, member).name == "义乌市"
    assert selectors.begins_at({places.COOKIE: "330100"}, member).name == "杭州市"
    assert selectors.begins_at({places.COOKIE: places.EVERYWHERE}, member) is None


@pytest.mark.parametrize("code", ["999999", "110100", "100000"])
def test_neither_what_is_missing_nor_a_rung_nor_the_country_is_a_place(code):
    assert selectors.find_place(code) is None


def test_what_a_transaction_has_not_committed_is_not_remembered():
    selectors.find_place("330782")
    assert not remembering.REMEMBERED


@pytest.mark.parametrize("nonsense", ["999999", "888888"])
def test_a_flood_of_made_up_codes_fills_no_memory(nonsense, committed):
    selectors.find_place(nonsense)
    assert not remembering.REMEMBERED


def test_a_remembered_place_costs_nothing_until_it_is_looked_at_anew(
    committed, monkeypatch, django_assert_num_queries
):
    with django_assert_num_queries(1):
        selectors.find_place("330782")
        selectors.find_place("330782")
    Division.objects.filter(code="330782").update(name="新义乌市")
    assert selectors.find_place("330782").name == "义乌市"

    later = remembering.time.monotonic() + remembering.REMEMBERED_SECONDS + 1
    monkeypatch.setattr(remembering.time, "monotonic", lambda: later)
    with django_assert_num_queries(1):
        assert selectors.find_place("330782").name == "新义乌市"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("义乌", "义乌市"),
        ("浙江", "浙江省"),
        ("yiwu", "义乌市"),
        ("Yi Wu", "义乌市"),
        ("ywu", None),
        ("zhejiang", "浙江省"),
        ("北京", "北京市"),
        ("市辖区", None),
        ("", None),
        ("\0", None),
        ("%", None),
        ("👷", None),
    ],
)
def test_places_are_found_by_how_they_begin(words, first, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        found = selectors.list_places(words)
    assert (found[0].name if found else None) == first


def test_initials_find_every_place_that_has_them():
    assert "义乌市" in [place.name for place in selectors.list_places("yws")]


def test_below_a_rung_its_districts_stand_in_its_stead(django_assert_num_queries):
    beijing = selectors.access_division("110000")
    with django_assert_num_queries(2):
        names = [place.name for place in selectors.list_places_below(beijing)]
    assert names[0] == "东城区"
    assert "市辖区" not in names


def test_nothing_lies_below_a_county(django_assert_num_queries):
    yiwu = selectors.access_division("330782")
    with django_assert_num_queries(0):
        assert selectors.list_places_below(yiwu) == []
