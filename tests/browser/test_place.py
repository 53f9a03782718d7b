"""The place switcher in a browser: with a thumb, with scripts and without."""

import pytest
from playwright.sync_api import expect

from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level
from niangjia.regions.selectors import places
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def yiwu():
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    place = make_division("义乌市", parent=jinhua, code="330782", longitude=120.07, latitude=29.31)
    yield make_union("义乌市总工会", kind=Kind.FEDERATION, parent=root, division=place)
    places.REMEMBERED.clear()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_from_the_top_of_a_page_and_back_to_it(open_page, with_scripts):
    page = open_page(java_script_enabled=with_scripts)
    page.goto("/unions/?q=总工会")
    page.locator(".top .place").click()
    if with_scripts:
        assert_accessible(page)
    for step in ("浙江省", "金华市"):
        page.get_by_role("link", name=step, exact=True).click()
    page.get_by_role("button", name="义乌市", exact=True).click()

    page.wait_for_url("**/unions/?q=*")
    expect(page.locator(".top .place")).to_have_text("地区： 义乌")
    expect(page.locator("#results")).to_contain_text("只看义乌市的工会")


def test_by_the_phones_position(open_page):
    page = open_page(
        geolocation={"latitude": 29.31, "longitude": 120.07}, permissions=["geolocation"]
    )
    page.goto("/nation/")
    page.locator(".top .place").click()
    page.get_by_role("button", name="用我的位置").click()
    expect(page.get_by_role("heading", name="你附近")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="浙江省金华市义乌市").click()

    page.wait_for_url("**/nation/")
    expect(page.locator(".top .place")).to_have_text("地区： 义乌")


@pytest.mark.parametrize("width", [375, 1440])
def test_the_bar_holds_a_long_name_in_elder_mode(open_page, yiwu, live_server, width):
    yiwu.division.short_name = "克孜勒苏柯尔克孜"
    yiwu.division.save()
    page = open_page(width=width)
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": live_server.url}
            for name, value in (("place", "330782"), ("display", "elder"))
        ]
    )
    page.goto("/")
    expect(page.locator(".top .place")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
