"""Lists of places by REST, and what is proposed beside a point in the form."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places.models import Place
from niangjia.places.tasks import enter_list, read_list
from niangjia.places.tests.lists import of_amap

pytestmark = pytest.mark.django_db

LISTS = "/api/v1/desk/place-lists"


@pytest.fixture
def officer():
    return make_post(union=make_union(division=make_division("义乌市", code="330782")))


@pytest.fixture
def desk(officer):
    return officer_client(officer)


def post(desk, address, body, method="post"):
    return getattr(desk, method)(address, json.dumps(body), content_type="application/json")


def test_a_list_goes_all_the_way_by_rest(desk, officer):
    file = SimpleUploadedFile(
        "高德.json",
        of_amap(
            ("江滨路工会驿站", "江滨中路 9 号", "120.0796,29.3036", "24小时"),
            ("城店路工会驿站", "城店路 1 号", "29.32,120.09", "看天气"),
        ),
    )
    sent = desk.post(LISTS, {"file": file, "union": officer.union.number})
    assert sent.status_code == 201
    told = sent.json()
    assert told["system"] == "gcj02"
    there = f"{LISTS}/{told['id']}"
    meaning = {"columns": told["columns"], "system": told["system"]}
    assert post(desk, f"{there}/meaning", meaning, "put").json()["state"] == "reading"
    read_list(told["id"])
    (wrong,) = desk.get(f"{there}/rows?state=wrong").json()["items"]
    assert {each["field"]: each["mend"] for each in wrong["problems"]} == {
        "point": "swap",
        "hours": "",
    }
    assert post(desk, f"{there}/mends", {"mend": "swap"}).json() == {"rows": 1}
    assert post(desk, f"{there}/answers", {"answer": "skip", "numbers": [3]}).json() == {"rows": 1}
    assert post(desk, f"{there}/entry", {}).status_code == 202
    enter_list(told["id"])
    assert desk.get(there).json()["state"] == "done"
    (made,) = desk.get(f"{there}/rows?state=made").json()["items"]
    assert made["place"] == Place.objects.get().code
    assert desk.delete(there).status_code == 409


def test_a_button_beside_the_point_swaps_it(desk):
    typed = {
        "kind": "station",
        "name": "江滨路工会驿站",
        "address": "江滨中路 9 号",
        "point": "120.0750, 29.3060",
        "system": "wgs84",
        "hours": "24/7",
    }
    there = reverse("places:desk_new")
    refused = desk.post(there, typed)
    assert refused.status_code == 422
    assert 'name="mend" value="swap"' in refused.content.decode()
    assert "江滨中路 9 号" in refused.content.decode()
    assert desk.post(there, {**typed, "mend": "swap"}).status_code == 302
    assert Place.objects.get().longitude == pytest.approx(120.0750)


def test_whoever_knows_better_than_the_outlines_says_so(desk):
    typed = {
        "kind": "station",
        "name": "海上驿站",
        "address": "某岛 9 号",
        "point": "29.0, 122.55",
        "system": "wgs84",
        "hours": "24/7",
    }
    there = reverse("places:desk_new")
    assert "落在海里" in desk.post(there, typed).content.decode()
    assert desk.post(there, {**typed, "mend": "sure"}).status_code == 302
