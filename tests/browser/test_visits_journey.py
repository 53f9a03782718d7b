"""At a station: a worker scans, is counted, rates; the keeper asks for water, the union answers."""

import pytest
from playwright.sync_api import expect

from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from niangjia.places import services
from niangjia.places.rules import crowds
from niangjia.places.rules.voices import Speaker
from niangjia.places.tests.factories import make_keeper, make_place
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def station():
    """A place with its plate, its officer, and nine visitors."""
    place = make_place(make_chain()[3], name="江滨路驿站", seats=12, facilities=("water", "rest"))
    officer = make_post(union=place.union)
    plate = services.issue_plate(by=officer, place=place, now=place.created_at)
    for n in range(9):
        guest = Speaker(device=f"phone-{n}", address=f"10.{n}.0.1")
        services.arrive(plate=plate, visitor=guest, now=place.created_at)
    return place, plate, officer


def test_a_worker_scans_is_counted_and_rates(station, phone, monkeypatch):
    monkeypatch.setattr(crowds, "left_out", lambda _place, _now: 0)
    place, plate, _officer = station
    phone.goto(f"/p/{place.code}/{plate.key}/")
    assert_accessible(phone)
    phone.get_by_role("button", name="我在这里").click()
    expect(phone.locator("main")).to_contain_text("你已经签到")
    expect(phone.locator("main")).to_contain_text("至少 10 人")
    assert_accessible(phone)
    phone.get_by_role("button", name="评价这个站点").click()
    phone.wait_for_url("**/rate/**")
    phone.get_by_text("非常满意", exact=True).first.click()
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("谢谢")
    phone.goto(f"/p/{place.code}/{plate.key}/")
    phone.get_by_role("button", name="我走了").click()
    expect(phone.locator("main")).to_contain_text("下次再来")
    assert_accessible(phone)


def test_a_keeper_asks_for_water_and_the_union_answers(station, phone, desk, sign_in):
    place, _plate, officer = station
    keeper = make_keeper(place, make_account()).account
    sign_in(phone, keeper)
    phone.goto(f"/keeping/{place.code}/")
    phone.get_by_text("东西用完了？申请补充").click()
    phone.locator("[name=what]").fill("桶装水")
    assert_accessible(phone)
    phone.get_by_role("button", name="向工会申请").click()
    expect(phone.locator("main")).to_contain_text("桶装水")
    sign_in(desk, officer.account)
    desk.goto("/desk/places/requests/")
    expect(desk.locator("main")).to_contain_text("桶装水")
    assert_accessible(desk)
    desk.get_by_role("button", name="已经在路上").click()
    expect(desk.locator("main")).to_contain_text("申请的人都收到通知了")
    phone.goto(f"/keeping/{place.code}/")
    phone.locator("summary", has_text="已经收到").click()
    phone.locator("[name=amount]").first.fill("6")
    phone.locator("details[open] button", has_text="已经收到").click()
    expect(phone.locator("main")).to_contain_text("桶装水 × 6")
    assert_accessible(phone)
