"""Whom stations reach, and where the next should open, from the question to the draft."""

import pytest
from playwright.sync_api import expect

from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Siting
from niangjia.places.tests.demand import MONDAY, cell_at, make_county, make_zone, measure
from niangjia.places.tests.factories import make_place
from niangjia.places.tests.streets import load_town
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(tmp_path):
    """A town on a river, its only station on the west bank."""
    county = make_county()
    union = make_union("义乌市总工会", division=county, kind="federation")
    make_place(union, now=MONDAY, name="西岸驿站", hours="24/7", **cell_at(1, 0))
    for col in (-1, 0, 1, 2):
        make_zone(county, col, 0, 50)
    load_town(tmp_path)
    measure()
    return make_post(union=union)


def test_an_officer_sees_who_is_not_reached_and_drafts_the_next_station(officer, desk, sign_in):
    sign_in(desk, officer.account)
    desk.goto("/desk/places/coverage/?window=night")
    expect(desk.locator(".coverage-sum")).to_contain_text("75%")
    expect(desk.locator("main")).to_contain_text("沿街道和小路")
    expect(desk.locator("main")).to_contain_text("© OpenStreetMap")
    desk.locator("#coverage-map").scroll_into_view_if_needed()
    expect(desk.locator("#coverage-map[data-cells='4']")).to_be_visible()
    # Under the squares lie the streets, and whose they are is said on the map.
    expect(desk.locator("#coverage-map")).to_contain_text("© OpenStreetMap contributors")
    expect(desk.locator("#coverage-by-hour[data-drawn]")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_text("用表格看").click()
    expect(desk.locator(".charts tbody tr")).to_have_count(24)
    expect(desk.locator(".charts tbody tr").first).to_contain_text("75")

    desk.get_by_role("link", name="下一个开在哪儿").click()
    desk.wait_for_url("**/desk/places/siting/**")
    assert_accessible(desk)
    desk.locator("[name=stations]").fill("0")
    desk.get_by_role("button", name="开始计算").click()
    expect(desk.locator(".error-summary")).to_be_visible()
    expect(desk.locator("[name=stations]")).to_have_value("0")
    assert_accessible(desk)
    desk.locator("[name=stations]").fill("2")
    desk.get_by_role("button", name="开始计算").click()
    expect(desk.locator("#working progress")).to_be_visible()
    assert_accessible(desk)

    asked = Siting.objects.get()
    services.work_out_siting(siting_id=asked.pk)
    desk.goto(f"/desk/places/siting/{asked.pk}/")
    expect(desk.locator(".coverage-sum")).to_contain_text("75% → 100%")
    expect(desk.locator("main")).to_contain_text("1 个就够了")
    for name in ("before", "after"):
        desk.locator(f"#{name}-map").scroll_into_view_if_needed()
        expect(desk.locator(f"#{name}-map[data-cells='4']")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_text("用表格看").click()
    expect(desk.locator(".charts tbody tr")).to_have_count(2)
    desk.get_by_role("link", name="在这里拟一个站点").click()
    desk.wait_for_url("**/desk/places/new/**")
    expect(desk.locator("[name=point]")).to_have_value("29.252250,120.012500")


def test_on_a_phone_nothing_is_wider_than_the_screen(officer, phone, sign_in):
    sign_in(phone, officer.account)
    phone.goto("/desk/places/coverage/")
    expect(phone.locator(".coverage-sum")).to_be_visible()
    assert_accessible(phone)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
