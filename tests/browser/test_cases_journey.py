"""A worker's aid from the first look to the rating; a complaint that the accused never find."""

import re

import pytest
from playwright.sync_api import expect

from niangjia.cases.models import Case, State
from niangjia.cases.tests.factories import AID, COMPLAINT, make_officer, publish, text
from niangjia.core import protection
from niangjia.core.tests import hostile
from niangjia.feedback.models import Rating
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

LABELS = {
    "fields": {
        "reason": {"label": text("为什么申请？")},
        "income": {"label": text("每月收入（元）")},
        "matter": {"label": text("发生了什么？")},
    }
}
FAMILY = {
    "type": "array",
    "maxItems": 5,
    "items": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 2},
            "income": {"type": "integer", "minimum": 0},
        },
        "required": ["name"],
    },
}
FAMILY_WORDS = {
    "label": text("家庭成员"),
    "row": text("家庭成员"),
    "order": ["name", "income"],
    "fields": {"name": {"label": text("姓名")}, "income": {"label": text("月收入")}},
}
HOUSEHOLD = {
    "schema": {
        **AID["form"]["schema"],
        "properties": {**AID["form"]["schema"]["properties"], "family": FAMILY},
    },
    "ui": {"fields": {**LABELS["fields"], "family": FAMILY_WORDS}},
}
CONDITION = {
    "key": "income",
    "when": "answers.income < settings.line",
    "text": text("收入低于当地标准"),
    "basis": text("测试依据第一条"),
}


@pytest.fixture
def chain():
    made = make_chain()
    made[2].division = make_division("义乌市", code="330782")
    made[2].save()
    publish(
        AID,
        parameters={"line": 1000},
        eligibility=[CONDITION],
        form=HOUSEHOLD,
        materials=[
            {"key": "income", "name": text("收入证明")},
            {"key": "debts", "name": text("负债证明"), "when": "answers.income < 500"},
        ],
    )
    publish(COMPLAINT, form={**COMPLAINT["form"], "ui": LABELS})
    return made


def cases():
    with protection.working("test"):
        return list(Case.objects.all())


def end_step(page, number, outcome, words=""):
    """Finish the present step at the desk."""
    page.goto(f"/desk/cases/{number}/")
    page.locator(f"input[name=outcome][value={outcome}]").check()
    if words:
        page.locator("form[action$='/steps/'] textarea[name=words]").fill(words)
    with page.expect_navigation():
        page.locator("form[action$='/steps/'] .button-primary").click()


def test_from_eligibility_to_the_rating(chain, phone, desk, open_page, sign_in):
    worker = make_membership(union=chain[3]).person.account
    sign_in(phone, worker)
    phone.goto("/services/")
    assert_accessible(phone)
    phone.get_by_role("link", name="测试帮扶").click()
    assert_accessible(phone)
    phone.get_by_role("link", name="看看我能不能申请").click()
    phone.get_by_label("每月收入").fill("900")
    phone.get_by_role("button", name="查看结果").click()
    expect(phone.locator("main")).to_contain_text("符合申请条件")
    assert_accessible(phone)
    phone.get_by_role("link", name="我要申请").click()

    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("请填写这一项")
    phone.get_by_label("为什么申请").fill("家里有人生病，收入不够")
    expect(phone.locator("#saved")).to_contain_text(re.compile(r"\d\d:\d\d"))

    # On another phone what was typed is there; the household and a paper are added.
    phone.goto("/mine/cases/")
    assert_accessible(phone)
    phone.get_by_role("link", name="测试帮扶").click()
    expect(phone.get_by_label("为什么申请")).to_have_value("家里有人生病，收入不够")
    phone.get_by_role("button", name="添加家庭成员").click()
    phone.get_by_role("button", name="添加家庭成员").click()
    phone.get_by_label("姓名").first.fill("陈小雨")
    phone.locator(".group-rows > li").nth(1).get_by_role("button").click()
    expect(phone.locator(".group-rows > li")).to_have_count(1)
    conditional = phone.locator("[data-slot=material-debts]")
    expect(conditional).to_be_hidden()
    for income, is_shown in (("450", True), ("1200", False)):
        phone.get_by_label("每月收入").fill(income)
        phone.get_by_label("每月收入").blur()
        expect(conditional).to_be_visible(visible=is_shown)
    slot = phone.locator("[data-slot=material-income]")
    program = {"name": "工资.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(99)}
    slot.locator("input[name$=-new]").set_input_files(program)
    expect(slot).to_contain_text("程序")
    photo = {"name": "收入.jpg", "mimeType": "image/jpeg", "buffer": hostile.photo()}
    slot.locator("input[name$=-new]").set_input_files(photo)
    expect(slot.locator("input[type=hidden]")).to_have_count(1)
    assert_accessible(phone)
    phone.get_by_role("button", name="提交").last.click()
    expect(phone.locator("h1")).to_have_text("我的办件")
    assert_accessible(phone)
    (case,) = cases()

    sign_in(desk, make_officer(chain[3]).account)
    desk.goto("/desk/cases/")
    assert_accessible(desk)
    expect(desk.locator("tbody")).to_contain_text("测试帮扶")
    desk.goto(f"/desk/cases/{case.number}/")
    expect(desk.locator("main")).to_contain_text("陈小雨")
    with desk.expect_download() as paper:
        desk.get_by_role("link", name="收入.jpg").first.click()
    assert paper.value.suggested_filename == "收入.jpg"
    assert_accessible(desk)
    end_step(desk, case.number, "passed")
    above = open_page(width=1440, height=900)
    sign_in(above, make_officer(chain[2]).account)
    end_step(above, case.number, "refused", "收入超过当地标准，建议申请其他帮扶")
    assert cases()[0].state == State.CLOSED

    phone.goto(f"/mine/cases/{case.number}/")
    expect(phone.locator("main")).to_contain_text("收入超过当地标准")
    assert_accessible(phone)
    phone.get_by_role("link", name="评价这次服务").click()
    phone.get_by_text("不满意", exact=True).first.click()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("h1")).to_have_text("谢谢你的评价")
    with protection.working("test"):
        assert Rating.objects.get().level == 2


def test_a_complaint_without_a_name_and_the_accused_who_find_nothing(
    chain, phone, open_page, sign_in, live_server
):
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[2].division)
    chain[3].employers.add(employer)

    phone.context.add_cookies([{"name": "place", "value": "330782", "url": live_server.url}])
    phone.goto("/services/test-complaint/asking/")
    assert_accessible(phone)
    phone.get_by_label("反映哪家单位").fill(employer.name)
    phone.get_by_label("发生了什么").fill("三个月没有发工资了")
    phone.get_by_role("button", name="提交").click()
    receipt = phone.locator(".code-card strong").inner_text()
    assert_accessible(phone)
    (case,) = cases()
    assert case.handler_id == chain[2].pk

    accused = open_page(width=1440, height=900)
    sign_in(accused, make_officer(chain[3]).account)
    accused.goto("/desk/cases/")
    expect(accused.locator("main")).not_to_contain_text(case.number)
    answer = accused.goto(f"/desk/cases/{case.number}/")
    assert answer.status == 404

    county = open_page(width=1440, height=900)
    sign_in(county, make_officer(chain[2]).account)
    county.goto(f"/desk/cases/{case.number}/")
    expect(county.locator("main")).to_contain_text("三个月没有发工资了")
    assert_accessible(county)
    end_step(county, case.number, "settled")

    again = open_page(width=375, height=800)
    again.goto("/services/receipt/")
    again.get_by_label("你的回执").fill(receipt)
    again.locator("main form .button-primary").click()
    expect(again.locator("main")).to_contain_text("测试投诉")
    assert_accessible(again)
