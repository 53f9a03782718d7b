"""The officers' desk in a browser: readable and accessible at both widths, usable by keyboard."""

import pytest
from playwright.sync_api import expect

from niangjia.members.models import Membership, Role
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_application, make_chain, make_membership
from niangjia.organisations.models import Status
from niangjia.organisations.tests.factories import make_union
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def union():
    return make_chain()[3]


@pytest.fixture
def officer(union):
    """The chair of the county."""
    return make_post(union=union.parent).account


def fits(page):
    """Nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_is_accessible_and_fits(desk, sign_in, union, officer):
    application, membership = make_application(union=union), make_membership(union=union)
    preparing = make_union(parent=union.parent, status=Status.PREPARING)
    post = make_post(union=union, account=make_account(), role=Role.ANALYST)
    sign_in(desk, officer)
    there = f"/desk/unions/{union.number}"
    for address in (
        "/desk/",
        f"/desk/applications/{application.number}/",
        "/desk/go/?words=工会",
        "/desk/members/",
        f"/desk/members/{membership.number}/",
        "/desk/members/entry/",
        "/desk/unions/",
        f"{there}/",
        f"{there}/edit/",
        f"{there}/employers/",
        f"{there}/founding/",
        f"{there}/move/",
        f"{there}/dissolution/",
        f"{there}/posts/",
        f"/desk/unions/{preparing.number}/",
        f"/desk/unions/{preparing.number}/confirmation/",
        f"/desk/posts/{post.pk}/ending/",
    ):
        desk.goto(address)
        expect(desk.locator("main h1"), address).to_have_count(1)
        for width in (1440, 1024, 375):
            desk.set_viewport_size({"width": width, "height": 900})
            assert fits(desk), (address, width)
            if width != 1024:
                assert_accessible(desk)
        desk.set_viewport_size({"width": 1440, "height": 900})


def test_a_members_page_once_a_purpose_is_stated(desk, sign_in, union, officer):
    membership = make_membership(union=union)
    sign_in(desk, officer)
    desk.goto(f"/desk/members/{membership.number}/")
    desk.select_option("[name=purpose]", "asked")
    desk.fill("[name=words]", "来电询问")
    desk.get_by_role("button", name="打开").click()
    expect(desk.locator("h1")).to_contain_text(membership.person.name)
    assert_accessible(desk)


def test_ticking_brings_the_answer_to_all(desk, sign_in, union, officer):
    for _ in range(3):
        make_application(union=union)
    sign_in(desk, officer)
    desk.goto("/desk/")
    bar = desk.locator(".bulk")
    expect(bar).to_be_hidden()
    desk.locator("[name=numbers]").first.check()
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("已选 1 件")
    desk.get_by_label("全选本页").check()
    expect(bar).to_contain_text("已选 3 件")
    assert_accessible(desk)
    bar.get_by_label("同意", exact=False).first.check()
    bar.get_by_role("button").click()
    expect(bar).to_have_count(0)
    assert Membership.objects.count() == 3


def test_without_scripts_the_answer_to_all_is_always_there(open_page, sign_in, union, officer):
    make_application(union=union)
    page = open_page(width=1440, height=900, java_script_enabled=False)
    sign_in(page, officer)
    page.goto("/desk/")
    expect(page.locator(".bulk")).to_be_visible()


def test_an_open_application_stands_beside_the_list_and_is_put_away(desk, sign_in, union, officer):
    application = make_application(union=union)
    sign_in(desk, officer)
    desk.goto("/desk/")
    panel = desk.locator("#panel")
    expect(panel).to_be_hidden()
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(desk.locator(".bulk")).to_contain_text("已选 1 件")
    desk.keyboard.press("Enter")
    expect(panel).to_contain_text(application.number)
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(desk.locator(":focus")).to_have_text(application.person.name)


def test_on_a_phone_a_row_opens_its_page(phone, sign_in, union, officer):
    application = make_application(union=union)
    sign_in(phone, officer)
    phone.goto("/desk/")
    row = phone.locator("[data-row]").first
    due = row.locator(".status").bounding_box()
    assert due["height"] < 40  # one line: no column is squeezed
    row.get_by_role("link").click()
    phone.wait_for_url(f"**/desk/applications/{application.number}/")


def test_the_palette_and_the_keys_open_by_keyboard_on_any_desk_page(desk, sign_in, union, officer):
    sign_in(desk, officer)
    for address in ("/desk/", f"/desk/unions/{union.number}/edit/"):
        desk.goto(address)
        desk.locator("h1").click()
        desk.keyboard.press("?")
        keys = desk.get_by_role("dialog", name="快捷键")
        expect(keys).to_be_visible()
        assert_accessible(desk)
        desk.keyboard.press("Escape")
        expect(keys).to_be_hidden()
        desk.keyboard.press("Control+k")
        expect(desk.locator("#palette")).to_be_visible()
        assert_accessible(desk)
    desk.keyboard.type("会员")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/members/")


def test_ctrl_k_goes_to_a_room_a_union_or_an_application(desk, sign_in, union, officer):
    application = make_application(union=union)
    sign_in(desk, officer)
    desk.goto("/desk/unions/")
    palette = desk.get_by_role("dialog", name="快速前往")
    desk.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    assert_accessible(desk)

    desk.keyboard.type("待办")
    expect(palette.get_by_role("link")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(palette).to_be_hidden()

    desk.keyboard.press("Control+k")
    desk.keyboard.type(application.number)
    expect(palette.get_by_role("link")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(":focus")).to_contain_text(application.number)
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#palette-words"), "round and round").to_be_focused()
    assert_accessible(desk)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/desk/applications/{application.number}/")

    desk.get_by_role("link", name="快速前往").click()
    desk.keyboard.type(union.name[:2])
    palette.get_by_role("link", name=union.name).click()
    desk.wait_for_url(f"**/desk/unions/{union.number}/")


def test_the_palette_finds_nothing_and_says_so_then_opens_the_page(desk, sign_in, officer):
    sign_in(desk, officer)
    desk.goto("/desk/unions/")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("没有的东西")
    expect(desk.locator("#palette-found")).to_contain_text("没有找到")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/go/?words=*")
    expect(desk.locator("main")).to_contain_text("没有找到")
    assert_accessible(desk)


@pytest.mark.parametrize("width", [375, 1440])
def test_without_scripts_going_anywhere_is_a_page(open_page, sign_in, union, officer, width):
    page = open_page(width=width, height=900, java_script_enabled=False)
    sign_in(page, officer)
    page.goto("/desk/unions/")
    page.get_by_role("link", name="快速前往").click()
    page.get_by_role("searchbox").fill(union.name)
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name=union.name).click()
    page.wait_for_url(f"**/desk/unions/{union.number}/")


def test_the_head_of_a_long_table_stays_in_sight(desk, sign_in, union, officer):
    for _ in range(25):
        make_union(parent=union.parent)
    sign_in(desk, officer)
    desk.goto(f"/desk/unions/{union.parent.number}/")
    desk.keyboard.press("j")
    for _ in range(15):
        desk.keyboard.press("j")
    desk.locator("tbody tr").last.scroll_into_view_if_needed()
    top = "document.querySelector('table.turns thead th').getBoundingClientRect().top"
    assert desk.evaluate("scrollY") > 100
    assert desk.evaluate(top) == 0
