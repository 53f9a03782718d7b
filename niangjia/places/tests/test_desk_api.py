"""Whatever keepers and officers do on pages, their programs can."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.tests.factories import make_union
from niangjia.places.models import Place, State
from niangjia.places.rules import checklists
from niangjia.places.tests.factories import make_keeper, make_listing, make_place

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def city(monkeypatch):
    """A union below another, and the officers of both."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    above = make_union()
    union = make_union(parent=above)
    return union, officer_client(make_post(union=union)), officer_client(make_post(union=above))


def body(of, **fields):
    values = make_listing(of).values()
    values["division"] = of.division.code
    names = {"facilities", "haves", "languages", "accessibility", "welcome"}
    return {k: list(v) if k in names else v for k, v in values.items()} | fields


def test_a_place_comes_to_the_public_by_operations_alone(city):
    union, own, above = city
    desk = "/api/v1/desk/places"
    wrong = own.post(desk, body(union, union=union.number, hours="whenever"), **JSON)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "hours")
    made = own.post(desk, body(union, union=union.number), **JSON).json()
    there = f"{desk}/{made['code']}"
    assert own.post(f"{there}/publication").json()["code"] == "wrong-state"
    own.post(f"{there}/application", {}, **JSON)
    place = Place.objects.get(code=made["code"])
    answers = {item.key: "ok" for item in checklists.items_for(place)}
    checked = own.post(f"{there}/checks", {"who": "何晓梅", "answers": answers}, **JSON)
    assert checked.json()["state"] == State.CHECKED
    assert own.post(f"{there}/approval", {}, **JSON).json()["code"] == "own-place"
    assert above.post(f"{there}/approval", {}, **JSON).json()["state"] == State.APPROVED
    assert own.post(f"{there}/publication").json()["state"] == State.PUBLISHED
    changed = own.put(there, body(union, name="改名驿站"), **JSON).json()
    assert changed["name"] == "改名驿站"
    assert own.put(f"{there}/hours", {"hours": "Mo-Su 06:00-22:00"}, **JSON).status_code == 200
    listed = own.get(desk).json()
    assert [each["code"] for each in listed["items"]] == [made["code"]]
    plate = own.post(f"{there}/plate").json()
    renewed = own.post(f"{there}/plate/renewal", {"reason": "被撕走"}, **JSON).json()
    assert renewed["key"] != plate["key"]
    closed = own.post(f"{there}/closing", {"reason": "拆迁"}, **JSON).json()
    assert closed["state"] == State.CLOSED


def test_a_keeper_takes_the_link_and_keeps_the_place_by_operations(city):
    union, own, _above = city
    place = make_place(union, now=NOW)
    keepers = f"/api/v1/desk/places/{place.code}/keepers"
    assert own.post(keepers, {"known_as": "王师傅"}, **JSON).json()["token"]
    account = make_account()
    make_keeper(place, account, now=NOW)
    phone = signed_in(account)
    [kept] = phone.get("/api/v1/keeping/places").json()["items"]
    assert (kept["code"], kept["ticked_at"]) == (place.code, None)
    mine = f"/api/v1/keeping/places/{place.code}"
    assert phone.post(f"{mine}/tick", {"lacking": ["shower"]}, **JSON).status_code == 422
    assert phone.post(f"{mine}/tick", {}, **JSON).json()["ticked_at"]
    shut = {"first_date": "2026-11-25", "last_date": "2026-11-25", "reason": "检修"}
    made = phone.post(f"{mine}/closures", shut, **JSON).json()
    assert phone.delete(f"/api/v1/keeping/closures/{made['id']}").status_code == 204
    box = phone.post(f"{mine}/supplies", {"name": "创可贴", "amount": 20}, **JSON).json()
    one = f"/api/v1/keeping/supplies/{box['id']}"
    checked = phone.post(f"{one}/check", {"next_date": "2026-12-01"}, **JSON).json()
    assert checked["check_date"] == "2026-12-01"
    assert phone.post(f"{one}/ending", {"ending": "used_up"}, **JSON).json()["ended_at"]
    [keeper] = own.get(keepers).json()["items"]
    assert own.delete(f"/api/v1/desk/places/keepers/{keeper['id']}").status_code == 204
    assert phone.get("/api/v1/keeping/places").json()["items"] == []
    assert phone.post(f"{mine}/tick", {}, **JSON).status_code == 404
