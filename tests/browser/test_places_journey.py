"""Stations: a worker finds the nearest and says what is true of it; an officer checks one on site,
also where there is no network."""

import pytest
from playwright.sync_api import expect

from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.tests.factories import at, make_draft, make_place
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Position(120.0750, 29.3060)


@pytest.fixture
def union():
    return make_chain()[3]


def test_a_worker_finds_the_nearest_and_says_that_it_is_shut(union, phone):
    place = make_place(union, name="江滨路驿站", **at(HERE))
    for name, east in (("东一", 0.005), ("西一", -0.005), ("远处", 0.12)):
        make_place(union, name=f"{name}驿站", **at(Position(HERE.longitude + east, HERE.latitude)))
    phone.goto(f"/places/?near={HERE.latitude},{HERE.longitude}")
    expect(phone.locator("main")).to_contain_text("24 小时开放")
    assert_accessible(phone)
    phone.get_by_role("button", name="地图").click()
    phone.locator("#find-map[data-drawn]").wait_for()
    # Three within the walk are looked at first; the fourth is 11 km away, beyond the edge.
    frame = phone.locator("#find-map").bounding_box()
    inside = [
        frame["x"] < box["x"] < frame["x"] + frame["width"]
        for box in (each.bounding_box() for each in phone.locator(".map-marker").all())
    ]
    assert sorted(inside) == [False, True, True, True, True]
    phone.get_by_role("button", name="列表").click()
    phone.get_by_role("link", name="江滨路驿站").first.click()
    phone.wait_for_url(f"**/places/{place.code}/**")
    assert_accessible(phone)
    phone.get_by_role("button", name="没开门").click()
    expect(phone.locator("main")).to_contain_text("前有人说没开门")
    assert_accessible(phone)


def test_a_checklist_outlives_a_reload_and_a_lost_network_and_is_forgotten_once_sent(
    union, phone, sign_in
):
    place = make_draft(union, **at(HERE))
    officer = make_post(union=union)
    services.apply_for_place(by=officer, place=place, now=place.created_at)
    sign_in(phone, officer.account)
    there = f"/desk/places/{place.code}/check/"
    phone.goto(there)
    phone.locator("[name=who]").fill("何晓梅")
    for good in phone.locator("input[type=radio][value=ok]").all():
        good.check()
    assert_accessible(phone)
    phone.reload()
    expect(phone.locator("[name=who]")).to_have_value("何晓梅")
    expect(phone.locator("input[type=radio][value=ok]").first).to_be_checked()

    phone.context.set_offline(True)
    phone.get_by_role("button", name="完成").click()
    expect(phone.locator("[data-kept-offline]")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="完成").click()
    expect(phone.locator("main")).to_contain_text("检查通过")
    assert_accessible(phone)
    phone.goto(there)
    expect(phone.locator("input[type=radio][value=ok]").first).not_to_be_checked()
