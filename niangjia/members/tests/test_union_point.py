"""The point of a union on the map: seen while it is typed, asked about when it lies far away."""

import json
import re

import pytest
from django.urls import reverse

from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Union
from niangjia.organisations.rules.points import read_point
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db
YIWU = {"longitude": 120.07, "latitude": 29.31}
HARBIN = {"longitude": "126.53", "latitude": "45.80"}


@pytest.fixture
def union():
    return make_union("小商品城工会", division=make_division("义乌市", **YIWU))


@pytest.fixture
def client(union):
    return officer_client(make_post(union=union, role=Role.CHAIR))


def address(union, name="union_point"):
    return reverse(f"members:{name}", args=[union.number])


def map_of(text, script):
    """The markers in the page's data for the map."""
    found = re.search(rf'<script id="{script}" type="application/json">(.*?)</script>', text)
    return json.loads(found[1])["markers"]


def edited(union, client, **changes):
    form = client.get(address(union, "union_edit")).context["form"]
    known = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in known.items() if value is not None} | changes
    return client.post(address(union, "union_edit"), data, follow=True)


def test_the_form_shows_the_point_on_the_map(union, client):
    Union.objects.filter(pk=union.pk).update(longitude=120.08, latitude=29.32)
    text = client.get(address(union, "union_edit")).content.decode()
    (marker,) = map_of(text, "union-map-data")
    assert (marker["longitude"], marker["latitude"]) == (120.08, 29.32)
    assert marker["label"] == "小商品城工会"
    assert "离义乌市中心约 1 公里" in text


def test_without_a_point_the_map_shows_the_division_and_says_so(union, client):
    text = client.get(address(union, "union_edit")).content.decode()
    (marker,) = map_of(text, "union-map-data")
    assert (marker["longitude"], marker["latitude"]) == (120.07, 29.31)
    assert "还没有填坐标" in marker["label"]
    assert "附近的职工只能按义乌市的位置找到你们" in text


def test_what_is_typed_moves_the_point(union, client):
    text = client.get(address(union), {"longitude": "120.10", "latitude": "29.33"}).content.decode()
    (marker,) = map_of(text, "union-map-fresh")
    assert (marker["longitude"], marker["latitude"]) == (120.10, 29.33)
    assert "<html" not in text


@pytest.mark.parametrize(
    ("longitude", "latitude", "said"),
    [
        ("126.53", "45.80", "公里，位置对吗"),
        ("29.31", "120.07", "不在中国境内"),
        ("2.35", "48.86", "不在中国境内"),
        ("", "29.31", "还没有填坐标"),
        ("东经", "29.31", "还没有填坐标"),
        ("nan", "inf", "还没有填坐标"),
        ("1e400", "29.31", "还没有填坐标"),
        ("", "", "还没有填坐标"),
    ],
)
def test_what_cannot_be_or_hardly_can_is_said_kindly(union, client, longitude, latitude, said):
    answer = client.get(address(union), {"longitude": longitude, "latitude": latitude})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_without_javascript_a_button_shows_where_it_lies_and_nothing_is_lost(union, client):
    answer = edited(union, client, **HARBIN, introduction="我们在这里", find="point")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="126.53"' in text
    assert "我们在这里" in text
    assert "公里，位置对吗" in text
    point, middle = map_of(text, "union-map-data")
    assert (point["longitude"], point["latitude"]) == (126.53, 45.80)
    assert (middle["longitude"], middle["label"]) == (120.07, "义乌市")
    union.refresh_from_db()
    assert union.longitude is None


def test_a_point_far_away_is_saved_and_asked_about(union, client):
    text = edited(union, client, **HARBIN).content.decode()
    union.refresh_from_db()
    assert union.longitude == 126.53
    assert "公里，位置对吗" in text
    near = edited(union, client, longitude="120.1", latitude="29.3").content.decode()
    assert "公里，位置对吗" not in near


def test_out_of_reach_there_is_no_such_page(union):
    foreign = officer_client(make_post(union=make_union(), role=Role.CHAIR))
    assert foreign.get(address(union), HARBIN).status_code == 404


def test_the_page_costs_the_same(union, client, django_assert_num_queries):
    client.get(address(union, "union_edit"))
    with django_assert_num_queries(4):
        client.get(address(union, "union_edit"))
    with django_assert_num_queries(4):
        client.get(address(union), HARBIN)


@pytest.mark.parametrize(
    ("level", "source", "is_far"),
    [
        (Level.TOWNSHIP, "own", True),
        (Level.TOWNSHIP, "parent", False),
        (Level.COUNTY, "own", False),
        (Level.PROVINCE, "own", False),
        (Level.COUNTRY, "own", False),
    ],
)
def test_how_far_is_far_depends_on_how_wide_the_division_is(level, source, is_far):
    parent = make_division("上级区", level=Level.COUNTY)
    division = make_division("某地", level=level, parent=parent, coordinate_source=source, **YIWU)
    reading = read_point(121.07, 29.31, division)
    assert (reading.is_far, reading.kilometres) == (is_far, 97)


def test_a_division_without_a_point_compares_with_nothing():
    division = make_division("某地", longitude=None, latitude=None)
    reading = read_point(87.6, 43.8, division)
    assert (reading.is_far, reading.kilometres) == (False, None)
