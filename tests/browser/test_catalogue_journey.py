"""A union's own service, from nothing to workers who ask for it: written in forms, looked at, tried
out, published by a second person, retired with a reason."""

import re

import pytest
from playwright.sync_api import expect

from niangjia.cases.tests.factories import AID, make_officer, publish
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain, make_membership
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county():
    made = make_chain()
    publish(AID)
    return made[2]


def fill(page, **words):
    """Fill in fields by their names."""
    for name, said in words.items():
        page.locator(f"[name='{name}']").fill(said)


def save(page):
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("第 1 版")


def write(page, part, choose=(), **words):
    """Open a part of the draft, fill in the new row, save."""
    page.locator(f"a.cell[href$='of={part}']").click()
    page.wait_for_url(f"**of={part}")
    assert_accessible(page)
    new = page.locator("details.row-card").last
    if words and "row" in next(iter(words)) and new.get_attribute("open") is None:
        new.locator("summary").click()
    fill(page, **words)
    for name, value in choose:
        page.locator(f"select[name='{name}']").select_option(value)
    save(page)


def test_from_a_draft_to_a_service_and_its_end(county, desk, open_page, sign_in):
    def officer():
        account = make_person().account
        return make_officer(county, Role.ADMINISTRATOR, account=account).account

    writer, publisher = officer(), officer()
    sign_in(desk, writer)
    desk.goto("/desk/services/")
    desk.get_by_role("link", name="新增本会自设事项").click()
    assert_accessible(desk)
    fill(desk, key="canteen", zh="爱心餐", en="Canteen")
    desk.locator("main form .button-primary").click()
    expect(desk.locator("#problems")).to_be_visible()
    assert_accessible(desk)

    write(
        desk,
        "about",
        summary_zh="暴雨高温天，凭会员证领一份热饭。",
        summary_en="A hot meal.",
        audience_zh="户外劳动者",
        audience_en="Outdoor workers",
    )
    write(
        desk,
        "questions",
        **{"row-0-key": "meals", "row-0-label_zh": "要几份？", "row-0-label_en": "How many?"},
        choose=[("row-0-kind", "integer")],
    )
    write(
        desk,
        "steps",
        **{
            "row-0-key": "give",
            "row-0-name_zh": "发放",
            "row-0-name_en": "Give",
            "row-0-note_zh": "正在备餐",
            "row-0-note_en": "Being cooked",
        },
    )
    desk.locator("a[href$='steps/give/outcomes']").last.click()
    given = {"row-0-key": "given", "row-0-name_zh": "已领取", "row-0-name_en": "Given"}
    fill(desk, **given, **{"row-0-next": "closed"})
    desk.locator("select[name='row-0-result']").select_option("granted")
    save(desk)
    write(desk, "terms", promised_term_days="2")
    expect(desk.locator("#problems")).to_have_count(0)

    desk.get_by_role("link", name="职工看到的样子").click()
    expect(desk.locator("main")).to_contain_text("要几份？")
    desk.go_back()
    desk.get_by_role("link", name="试办一次").click()
    desk.get_by_label("虚构申请人在哪个工会申请").fill(county.name)
    desk.get_by_label("要几份？").fill("2")
    desk.locator("main form .button-primary").first.click()
    expect(desk.locator("main")).to_contain_text("正在备餐")
    assert_accessible(desk)
    desk.go_back()
    desk.go_back()
    desk.reload()
    desk.get_by_role("button", name="提交审批").click()
    expect(desk.locator("body")).to_contain_text("已请 1 个人看")

    second = open_page(width=1440, height=900)
    sign_in(second, publisher)
    second.goto(desk.url)
    second.get_by_role("button", name="发布").click()
    expect(second.locator("main")).to_contain_text(re.compile("已发布|发布"))

    phone = open_page(width=375, height=800)
    sign_in(phone, make_membership(union=county).person.account)
    phone.goto("/services/")
    phone.get_by_role("link", name="爱心餐").click()
    expect(phone.locator("main")).to_contain_text("热饭")

    second.locator("summary", has_text="停用").click()
    fill(second, reason="雨季过了，明年再办。请到职工食堂就餐。")
    second.locator("details .button").click()
    phone.goto("/services/")
    expect(phone.locator("main")).not_to_contain_text("爱心餐")
