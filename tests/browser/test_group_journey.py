"""Many people with one claim: one begins, others take part, they choose who speaks for all."""

import pytest
from playwright.sync_api import expect

from niangjia.cases.models import Representative
from niangjia.cases.selectors import owner_of_receipt
from niangjia.cases.services import groups
from niangjia.cases.tests.factories import COMPLAINT, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county():
    publish(COMPLAINT)
    return make_chain()[2]


def agree(receipts, standing):
    """The others say by their receipts that they agree, as on their own phones."""
    for receipt in receipts:
        groups.say_voice(
            owner=owner_of_receipt(receipt),
            case_id=standing.member.case_id,
            representative_id=standing.pk,
            agrees=True,
            now=clock.now(),
        )


def the_one_who_stands():
    with protection.working("test"):
        return Representative.objects.select_related("member").get()


def test_from_the_code_to_one_who_speaks_for_all(county, phone, desk, open_page, sign_in):
    first, second = make_person().account, make_person().account
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=county.division)
    case = make_case(union=county, account=first, document=COMPLAINT, accused=employer)
    group = f"/mine/cases/{case.number}/group/"

    sign_in(phone, first)
    phone.goto(group)
    assert_accessible(phone)
    phone.get_by_role("button", name="生成加入码").click()
    expect(phone.locator(".code-card strong")).to_be_visible()
    code = phone.locator(".code-card strong").inner_text()

    # A refused form is a 422, which the browser notes.
    other = open_page(width=375, height=812, expected=("Failed to load resource",))
    sign_in(other, second)
    other.goto("/mine/cases/groups/join/")
    assert_accessible(other)
    other.get_by_label("加入码").fill("写错了")
    other.get_by_label("姓名").fill("陈小雨")
    other.get_by_label("手机号").fill("13800000001")
    other.get_by_role("button", name="参加").click()
    expect(other.get_by_role("alert")).to_be_visible()
    expect(other.get_by_label("姓名")).to_have_value("陈小雨")
    other.get_by_label("加入码").fill(code)
    other.get_by_role("button", name="参加").click()
    expect(other.locator("main")).to_contain_text("2 人参加")
    expect(other.get_by_role("button", name="我愿意担任代表")).to_have_count(0)
    assert_accessible(other)

    sign_in(desk, make_officer(county).account)
    desk.goto(f"/desk/cases/{case.number}/group/")
    assert_accessible(desk)
    rows = "\n".join(f"工友{n:02d} 139000000{n:02d}" for n in range(10))
    desk.get_by_label("姓名和手机号名单").fill(rows)
    desk.get_by_role("button", name="登记").click()
    expect(desk.locator("td strong")).to_have_count(10)
    assert_accessible(desk)
    receipts = desk.locator("td strong").all_inner_texts()

    other.goto(group)
    other.get_by_role("button", name="我愿意担任代表").click()
    expect(other.locator("main")).to_contain_text("陈小雨")
    expect(other.get_by_role("button", name="我不再担任代表")).to_be_visible()
    agree(receipts[:5], the_one_who_stands())

    tenth = open_page(width=375, height=812)
    tenth.goto("/mine/cases/groups/receipt/")
    tenth.get_by_label("回执").fill(receipts[6])
    tenth.get_by_role("button", name="查看").click()
    expect(tenth.locator("main")).to_contain_text("12 人参加")
    expect(tenth.locator("main")).not_to_contain_text("工友01")
    tenth.get_by_role("button", name="同意由其代表我").click()
    expect(tenth.locator(".status-ok")).to_have_text("代表")
    assert_accessible(tenth)

    other.goto(group)
    other.locator("#id_group_words").fill("我们十二个人想请工会尽快组织调解。")
    other.get_by_role("button", name="提交").click()
    expect(other.locator("main")).to_contain_text("尽快组织调解")
    desk.goto(f"/desk/cases/{case.number}/")
    expect(desk.locator("main")).to_contain_text("尽快组织调解")
    tenth.goto("/mine/cases/groups/receipt/")
    tenth.get_by_label("回执").fill(receipts[6])
    tenth.get_by_role("button", name="查看").click()
    expect(tenth.locator("main")).to_contain_text("申请人留言")
    for not_theirs in ("你的留言", "我填写的内容", "还没有人打开过"):
        expect(tenth.locator("main")).not_to_contain_text(not_theirs)

    other.goto(group)
    other.locator("summary").last.click()
    other.get_by_role("button", name="退出群体").click()
    expect(other.locator("main")).not_to_contain_text("12 人参加")
    tenth.goto("/mine/cases/groups/receipt/")
    tenth.get_by_label("回执").fill(receipts[6])
    tenth.get_by_role("button", name="查看").click()
    expect(tenth.locator("main")).to_contain_text("11 人参加")
