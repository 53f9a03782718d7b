"""Rounds, problems and stars over the API: the same services, the same refusals."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.core import clock
from niangjia.core.tests import hostile
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.places.models import SitePhoto
from niangjia.places.tests.factories import make_keeper, make_objection, make_place, make_problem

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
JSON = {"content_type": "application/json"}


@pytest.fixture
def world():
    """A place, its keeper's and an inspector's browsers, and the inspector."""
    _province, _city, county, union = make_chain()
    place = make_place(union, now=NOW)
    keeper = make_keeper(place, make_account(), now=NOW).account
    inspector = make_post(union=county)
    with clock.stopped_at(NOW):
        yield place, keeper, inspector, officer_client(inspector)


def test_a_round_is_planned_and_done(world):
    place, _keeper, inspector, client = world
    base = "/api/v1/desk/place-rounds"
    asked = {"name": "城区巡查", "date": "2026-11-24", "places": [place.code]}
    assert client.post(base, {**asked, "places": ["1"]}, **JSON).status_code == 422
    made = client.post(base, asked, **JSON)
    assert made.status_code == 201
    assert client.get(base).json()["items"][0]["done"] == 0
    url = f"/api/v1/desk/place-inspections/{made.json()['inspections'][0]['id']}"
    items = client.get(url).json()["items"]
    answers = {each["key"]: "ok" for each in items} | {"water": "bad"}
    half = client.put(url, {"found": "open", "answers": answers}, **JSON)
    assert (half.status_code, half.json()["done_at"]) == (200, None)
    done = {"found": "open", "answers": answers, "is_done": True}
    refused = client.put(url, done, **JSON).json()["errors"]
    assert [each["field"] for each in refused] == ["water"]
    done["item_words"] = {"water": "桶空了"}
    assert [client.put(url, done, **JSON).status_code for _n in range(2)] == [200, 200]
    assert place.problems.count() == 1
    colleague = make_post(union=inspector.union)
    over = client.post(f"{base}/{made.json()['id']}/hand-over", {"inspectors": []}, **JSON)
    assert over.status_code == 422
    handed = {"inspectors": [str(colleague.account_id)], "date": "2026-11-25"}
    again = client.post(f"{base}/{made.json()['id']}/hand-over", handed, **JSON).json()
    assert again["date"] == "2026-11-25"
    assert client.get(f"{base}?tab=done").json()["items"][0]["id"] == made.json()["id"]


def test_a_problem_is_mended_by_one_and_reviewed_by_another(world):
    place, keeper, inspector, client = world
    problem = make_problem(place, inspector, now=NOW)
    url = f"/api/v1/desk/place-problems/{problem.pk}"
    longer = client.post(f"{url}/more-time", {"days": 2, "words": "配件在路上"}, **JSON)
    assert longer.json()["due_at"] > problem.due_at.isoformat()
    mine = signed_in(keeper)
    own = f"/api/v1/kept-problems/{problem.pk}"
    assert mine.get(own).json()["label"]
    assert mine.post(f"{own}/mending", {"words": "换好了"}, **JSON).json()["state"] == "mended"
    photo = SimpleUploadedFile("好了.jpg", hostile.photo(), "image/jpeg")
    theirs = client.post(f"{url}/mending/photos", {"photo": photo})
    assert (theirs.status_code, theirs.json()["code"]) == (409, "not-mended")
    for _twice in range(2):
        photo.seek(0)
        assert mine.post(f"{own}/mending/photos", {"photo": photo}).status_code == 201
    assert SitePhoto.objects.count() == 1
    listed = client.get("/api/v1/desk/place-problems?tab=review").json()["items"]
    assert [each["id"] for each in listed] == [str(problem.pk)]
    closed = client.post(f"{url}/review", {"is_right": True}, **JSON).json()
    assert [step["kind"] for step in closed["steps"]] == ["opened", "extended", "mended", "passed"]
    again = client.post(f"{url}/reopening", {"words": "又空了"}, **JSON)
    assert again.json()["state"] == "open"
    assert client.post(f"{url}/mending", {"words": "换好了"}, **JSON).json()["state"] == "mended"
    assert client.post(f"{url}/review", {"is_right": True}, **JSON).status_code == 409


def test_stars_are_read_objected_to_and_decided(world, client):
    place, keeper, _inspector, officer = world
    assert len(client.get("/api/v1/place-stars/rules").json()["rules"]) > 10
    objection = make_objection(place, keeper, now=NOW)
    shown = client.get(f"/api/v1/places/{place.code}/stars").json()
    assert (shown["stars"], shown["months"][0]["stars"]) == (5, 2)
    own = f"/api/v1/kept-places/{place.code}/stars/objection"
    assert signed_in(keeper).post(own, {"words": "再说一遍"}, **JSON).status_code == 201
    url = f"/api/v1/desk/star-objections/{objection.pk}/decision"
    decided = officer.post(url, {"is_upheld": False, "answer": "查过记录"}, **JSON)
    assert decided.json()["is_upheld"] is False
    by_hand = f"/api/v1/desk/places/{place.code}/stars/by-hand"
    given = officer.post(by_hand, {"stars": 4, "reason": "整改完成"}, **JSON)
    assert given.json()["stars"] == 4
    assert officer.post(by_hand, {"stars": 4, "reason": ""}, **JSON).status_code == 422
