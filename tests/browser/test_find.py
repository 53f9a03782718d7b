"""A visitor finds their union: by words, near them, or through three questions."""

import pytest
from playwright.sync_api import expect

from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def yiwu():
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    place = make_division("义乌市", parent=jinhua, code="330782", longitude=120.07, latitude=29.31)
    federation = make_union(
        "义乌市总工会",
        kind=Kind.FEDERATION,
        parent=root,
        division=place,
        admits_directly=["courier", "driver"],
        longitude=120.075,
        latitude=29.306,
        phone="0579-85512351",
    )
    for n, name in enumerate(["顺达快递", "中心医院", "稠城小商品"]):
        make_union(
            f"义乌市{name}工会",
            parent=federation,
            longitude=120.05 + n / 50,
            latitude=29.33,
        )
    return federation


def test_by_initials_to_the_page_of_the_union(phone, yiwu):
    phone.goto("/unions/")
    assert_accessible(phone)
    phone.get_by_label("工会名称、单位、行业或地名").fill("ywzgh")
    phone.get_by_role("button", name="搜索").click()
    phone.get_by_role("link", name="义乌市总工会").first.click()
    phone.wait_for_url(f"**/unions/{yiwu.number}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("义乌市总工会")
    assert phone.get_by_role("link", name="0579-85512351").get_attribute("href").startswith("tel:")
    assert_accessible(phone)


def test_results_follow_what_is_typed_and_so_does_the_map(desk, yiwu):
    desk.goto("/unions/")
    desk.locator("#find-map[data-drawn]").wait_for()
    desk.locator("#q").press_sequentially("医院", delay=30)
    desk.wait_for_url("**q=%E5%8C%BB%E9%99%A2*")
    expect(desk.locator(".find-list > li")).to_have_count(1)
    marker = desk.locator(".map-marker")
    expect(marker).to_have_count(1)
    assert "中心医院" in marker.get_attribute("aria-label")
    assert desk.locator("#q").evaluate("e => e === document.activeElement"), "one types on"


def test_a_marker_leads_to_the_card_in_the_list(desk, yiwu):
    desk.goto("/unions/?q=ywzgh")
    desk.locator(".map-marker").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**#union-{yiwu.number}")


def test_places_at_one_point_are_one_marker_that_opens_a_list(desk, yiwu):
    for name in ("鲜达", "云通"):
        make_union(f"义乌市{name}工会", parent=yiwu, longitude=120.11, latitude=29.36)
    desk.goto("/unions/?q=义乌")
    desk.locator("#find-map[data-drawn]").wait_for()
    group = desk.locator(".map-group").first
    assert desk.locator(".map-marker").count() < 6
    group.focus()
    desk.keyboard.press("Enter")
    desk.locator(".map-list a", has_text="鲜达").wait_for()
    assert_accessible(desk)
    desk.locator(".map-list a", has_text="鲜达").click()
    desk.wait_for_url("**#union-*")
    expect(desk.locator(".find-list li:target")).to_contain_text("鲜达")


def test_near_by_the_map_shows_the_cities(desk, yiwu):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.goto("/unions/?q=ywzgh")
    desk.locator(".map-city", has_text="金华市").wait_for()
    assert [url for url in asked if "330000" in url], "the province's own boundaries"


def test_on_a_phone_the_list_or_the_map(phone, yiwu):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/unions/?near=29.306,120.075")
    phone.wait_for_load_state("networkidle")
    expect(phone.locator("#find-map")).to_be_hidden()
    assert not [url for url in asked if "maplibre-gl.js" in url], "not fetched before asked for"
    phone.get_by_role("button", name="地图").click()
    phone.locator("#find-map[data-drawn]").wait_for()
    expect(phone.locator(".find-list")).to_be_hidden()
    expect(phone.locator(".map-here")).to_have_attribute("aria-label", "你 你在这里")
    assert_accessible(phone)
    phone.get_by_role("button", name="列表").click()
    expect(phone.locator(".find-list")).to_be_visible()


def test_on_a_phone_the_first_result_is_in_view(phone, yiwu):
    phone.goto("/unions/")
    first = phone.locator(".find-list > li").first.bounding_box()
    bar = phone.locator(".tab-bar").bounding_box()
    assert first["y"] + first["height"] < bar["y"]


def test_near_me_when_the_phone_may_say_where(open_page, yiwu):
    page = open_page(
        geolocation={"latitude": 29.3305, "longitude": 120.0704}, permissions=["geolocation"]
    )
    page.goto("/unions/")
    page.get_by_role("button", name="用我的位置").click()
    page.get_by_text("离你近的排在前面").wait_for()
    expect(page.locator(".find-list > li").first).to_contain_text("中心医院")
    assert "near=29.331%2C120.070" in page.url, "no more exact than a hundred metres"


def test_near_me_when_the_phone_may_not(open_page, yiwu):
    page = open_page(permissions=[])
    page.goto("/unions/")
    page.get_by_role("button", name="用我的位置").click()
    page.get_by_text("手机没有告诉我们你的位置").wait_for()
    expect(page.locator("#address")).to_be_focused()


def test_everything_works_without_scripts(open_page, yiwu):
    page = open_page(java_script_enabled=False)
    page.goto("/unions/")
    page.get_by_role("link", name="选择地点").click()
    for name in ("浙江省", "金华市", "义乌市"):
        page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="就选义乌市").click()
    expect(page.locator(".find-list > li")).to_have_count(4)
    page.locator("#q").fill("快递")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".find-list > li")).to_have_count(1)


def test_three_questions_lead_to_a_union_and_back_works(phone, yiwu):
    phone.goto("/unions/guide/")
    assert_accessible(phone)
    phone.get_by_label("快递员、外卖配送员").check()
    phone.get_by_role("button", name="继续").click()
    phone.get_by_label("你主要在哪里干活？").fill("义乌市稠州北路")
    phone.get_by_role("button", name="继续").click()
    assert_accessible(phone)
    phone.go_back()
    expect(phone.get_by_label("你主要在哪里干活？")).to_be_visible()
    phone.go_forward()
    phone.get_by_role("button", name="看看我的工会").click()
    phone.get_by_role("heading", name="这家工会直接接收你").wait_for()
    assert_accessible(phone)
    phone.get_by_role("link", name="看看这家工会，申请加入").click()
    phone.wait_for_url(f"**/unions/{yiwu.number}/")
