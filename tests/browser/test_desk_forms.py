"""What officers fill in, in a browser: corrections, pickers, the point on the map, the calendar."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.tests.factories import make_division
from tests.browser.accessibility import assert_accessible
from tests.browser.test_desk import fits

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = pytest.mark.parametrize(("width", "language"), [(375, "zh-CN"), (1440, "en")])


@pytest.fixture
def union():
    return make_chain()[3]


@pytest.fixture
def officer(union):
    """The chair of the county."""
    return make_post(union=union.parent).account


def assert_good(page):
    assert_accessible(page)
    assert fits(page), page.url


@SCREENS
def test_the_calendar_is_read_and_edited(open_page, sign_in, union, width, language):
    keeper = make_post(union=Union.objects.get(depth=0), role=Role.ADMINISTRATOR).account
    page = open_page(width=width, height=900, language=language)
    sign_in(page, keeper)
    page.goto("/desk/calendar/?year=2027")
    assert_good(page)
    day = dt.date(2027, 10, 1)
    page.fill("#id_date", str(day))
    page.check("input[name=kind][value=off]")
    page.fill("#id_name", "国庆节")
    page.fill("#id_source", "国办发明电〔2026〕1 号")
    page.locator("main .button-primary").click()
    expect(page.locator("table.turns")).to_contain_text("国庆节")
    expect(page.locator(".day-off")).to_have_count(1)
    assert_good(page)


@SCREENS
def test_particulars_are_put_right(open_page, sign_in, union, officer, width, language):
    membership = make_membership(union=union)
    page = open_page(width=width, height=900, language=language)
    sign_in(page, officer)
    page.goto(f"/desk/members/{membership.number}/")
    page.select_option("[name=purpose]", "correction")
    page.fill("[name=words]", "更正岗位")
    page.locator("main .button-primary").click()
    page.locator("main a[href$='/correction/']").click()
    expect(page.locator("#id_name")).to_be_disabled()
    assert_good(page)
    page.fill("#id_job", "质检员")
    page.fill("#id_reason", "换了车间，按本人提交的证明更正。")
    page.locator("button[value=look]").click()
    expect(page.locator("table")).to_contain_text("缝纫工")
    assert_good(page)
    page.locator("button[value=confirm]").click()
    expect(page.locator(".timeline")).to_contain_text("缝纫工 → 质检员")
    assert_good(page)


def test_unions_are_offered_while_one_types(phone, sign_in, union, officer):
    sign_in(phone, officer)
    phone.goto("/desk/members/entry/")
    phone.locator("#id_union").press_sequentially("xspc")
    offer = phone.get_by_role("radio", name=union.name)
    expect(offer).to_be_checked()
    assert_good(phone)
    phone.fill("#id_union", "没有的")
    expect(phone.locator("#id_union_offers")).to_contain_text("没有这样一家")


def test_enter_in_a_field_enters_and_does_not_search(open_page, sign_in, union, officer):
    page = open_page(width=1440, height=900, java_script_enabled=False)
    sign_in(page, officer)
    page.goto(f"/desk/unions/{union.number}/employers/")
    page.fill("#id_name", "甲厂")
    page.locator("#id_name").press("Enter")
    expect(page.locator("table")).to_contain_text("甲厂")
    assert Employer.objects.get().division == union.division
    make_division("稠城区", parent=union.division, code="330799", pinyin="chouchengqu")
    page.fill("#id_name", "乙厂")
    page.fill("#id_place", "chouch")
    page.locator("button[name=find]").click()
    expect(page.locator("#id_place_offers")).to_contain_text("稠城区")
    expect(page.locator("#id_name")).to_have_value("乙厂")


def test_the_point_moves_as_it_is_typed(desk, sign_in, union, officer):
    sign_in(desk, officer)
    desk.goto(f"/desk/unions/{union.number}/edit/")
    desk.locator("#union-map").scroll_into_view_if_needed()
    expect(desk.locator("#union-map[data-drawn]")).to_be_visible()
    expect(desk.locator("#union-map .map-marker")).to_have_text("○")
    desk.fill("#id_longitude", "120.08")
    desk.fill("#id_latitude", "29.30")
    expect(desk.locator("#union-map .map-marker")).to_have_text("●")
    assert_good(desk)
    desk.fill("#id_longitude", "12.8")
    expect(desk.locator("#union-point")).to_contain_text("不在中国境内")
