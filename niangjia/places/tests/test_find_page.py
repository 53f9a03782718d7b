"""The page of the nearest places."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Place
from niangjia.places.selectors import nearest
from niangjia.places.tests.factories import at, make_keeper, make_place, make_problem

pytestmark = pytest.mark.django_db

HERE = Position(120.0750, 29.3060)
#: A Monday, two in the afternoon in China.
NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def street():
    """Three in one street: open, shut now, and open with a shower further off."""
    union = make_union()
    with clock.stopped_at(NOW):
        make_place(union, name="近处驿站", **at(Position(120.0760, 29.3060)))
        shut = {"hours": "Mo-Su 18:00-22:00", **at(Position(120.0755, 29.3060))}
        make_place(union, name="夜间驿站", **shut)
        bath = {"hours": "Mo-Su 08:00-18:00", "facilities": ("water", "shower")}
        make_place(union, name="浴室驿站", **bath, **at(Position(120.0900, 29.3060)))
        yield union


def get(client, **params):
    return client.get("/places/", {"near": f"{HERE.latitude},{HERE.longitude}", **params})


def names(response):
    return [each.place.name for each in response.context["listed"]]


def test_the_nearest_that_is_open_comes_first(client, street):
    response = get(client)
    assert names(response) == ["近处驿站", "浴室驿站"]
    page = response.content.decode()
    assert "开到 18:00" in page
    assert "24 小时开放" in page
    assert "2 分钟" in page


def test_how_fresh_the_news_is_stands_on_the_list_the_page_the_map_and_in_the_api(client, street):
    place = Place.objects.get(name="近处驿站")
    keeper = make_keeper(place, make_account(), now=NOW)
    long_ago = NOW - dt.timedelta(days=2)
    services.tick_opening(by=keeper.account, place=place, now=long_ago)
    page = get(client)
    assert "最近消息：2 日前" in " ".join(page.content.decode().split())
    assert page.context["map"]["markers"][0]["label"] == "近处驿站：24 小时开放"
    [near, _bath] = client.get("/api/v1/places?near=29.3060,120.0750").json()["items"]
    shown = client.get(f"/api/v1/places/{place.code}").json()
    told = {dt.datetime.fromisoformat(each["last_confirmed_at"]) for each in (near, shown)}
    assert told == {long_ago}
    make_problem(place, make_post(union=place.union), now=NOW - dt.timedelta(hours=5))
    page = client.get(f"/places/{place.code}/")
    assert "最近消息：5 小时前" in " ".join(page.content.decode().split())


def test_what_one_needs_narrows_it(client, street):
    assert names(get(client, need="shower")) == ["浴室驿站"]
    assert names(get(client, need=["shower", "aed"])) == []


def test_shut_ones_say_when_they_open(client, street):
    response = get(client, open="all")
    assert names(response) == ["夜间驿站", "近处驿站", "浴室驿站"]
    assert "没开门，18:00 开" in response.content.decode()


def test_words_and_pinyin_find_it_from_anywhere(client, street):
    assert names(client.get("/places/", {"q": "浴室"})) == ["浴室驿站"]
    assert names(client.get("/places/", {"q": "yushi"})) == ["浴室驿站"]
    assert names(get(client, q="jcyz")) == ["近处驿站"]


def test_by_words_the_near_ones_come_first_and_then_the_next_wherever_they_are(client, monkeypatch):
    """Also where many more carry the word than are put in order."""
    monkeypatch.setattr(nearest, "MOST_MATCHES", 3)
    union = make_union()
    for name, longitude in (("喀什", 76.0), ("成都", 104.0), ("兰州", 103.8), ("近处", 120.076)):
        make_place(union, name=f"{name}驿站", **at(Position(longitude, 29.306)))
    make_place(union, name="门口驿站", **at(HERE))
    assert names(get(client, q="驿站")) == ["门口驿站", "近处驿站", "成都驿站"]


def test_whoever_has_not_said_where_is_asked(client, street):
    response = client.get("/places/")
    assert response.status_code == 200
    assert "你在哪儿？" in response.content.decode()


@pytest.mark.parametrize("near", ["120.07,29.30", "91,200", "here", "29.3"])
def test_a_bad_position_is_answered_beside_the_form(client, near):
    response = client.get("/places/", {"near": near, "need": "nonsense", "kind": "x", "open": "?"})
    assert response.status_code == 200
    assert response.context["question"].errors["near"]


def test_the_page_asks_on_two_trips(client, street, django_assert_num_queries):
    get(client)
    with django_assert_num_queries(2):
        get(client, need="water")


def test_a_row_carries_what_counts_when_it_is_read_later_without_a_network(client, street):
    page = get(client, need="shower").content.decode()
    assert (
        'data-hours="每天 08:00–18:00" data-point="29.30600,120.09000"'
        ' data-shifted="29.303522,120.094735"'
        ' data-until="2026-11-23T10:00:00+00:00"' in page
    )
    assert 'data-asked="洗澡"' in page
    assert 'data-until="2026-11-23T10:00:00+00:00"' in get(client, open="all").content.decode()


def test_the_page_for_no_network_is_nobodys(client, street, django_assert_num_queries):
    client.force_login(make_account())
    with django_assert_num_queries(0):
        page = client.get("/places/offline/")
    client.logout()
    assert page.content == client.get("/places/offline/").content
    assert page["Cache-Control"] == "no-cache"


def test_the_fragment_is_the_list_alone(client, street):
    response = client.get("/places/", {"near": "29.3060,120.0750"}, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert "近处驿站" in response.content.decode()
