"""The main job: a worker applies, an officer decides, the worker has a card, the nation counts."""

import pytest
from playwright.sync_api import expect

from niangjia.members.models import Application, Membership
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_application, make_chain
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def members_shown(page) -> int:
    """The national count as the page shows it."""
    return int(page.locator("#members").inner_text().replace(",", ""))


def test_a_worker_joins_and_the_nation_counts_one_more(phone, desk, open_page, sign_in):
    union = make_chain()[3]
    worker = make_person(name="李春梅")
    waiting = make_application(union=union)
    officer = make_post(union=union.parent).account
    visitor = open_page(width=1440, height=900)
    visitor.goto("/nation/")
    before = members_shown(visitor)

    sign_in(phone, worker.account)
    phone.goto(f"/unions/{union.number}/join/")
    assert_accessible(phone)
    apply_as(phone)
    application = Application.objects.get(account=worker.account)
    expect(phone.locator("main")).to_contain_text(application.number[-4:])
    assert_accessible(phone)

    sign_in(desk, officer)
    desk.goto("/desk/")
    assert_accessible(desk)
    desk.get_by_role("link", name="李春梅").click()
    panel = desk.locator("#panel")
    expect(panel).to_contain_text("330782")
    panel.locator("[name=verdict][value=admitted]").check()
    panel.get_by_role("button", name="发出答复").click()
    expect(panel).to_contain_text(waiting.person.name)
    expect(desk.get_by_role("link", name="李春梅")).to_have_count(0)
    assert Membership.objects.get(person=worker).union == union

    expect(visitor.locator("#members")).to_have_text(str(before + 1))
    phone.goto("/mine/card/")
    expect(phone.locator("main")).to_contain_text("李春梅")
    expect(phone.locator("main svg").first).to_be_visible()
    assert_accessible(phone)


def apply_as(page) -> None:
    """Fill in what the form asks for and send it."""
    page.fill("[name=employer_name]", "义乌市某某服饰有限公司")
    page.fill("[name=job]", "缝纫工")
    page.locator("[name=consent_membership]").check()
    page.locator("[name=agrees]").check()
    page.locator("details", has=page.locator("[name=residence]")).locator("summary").click()
    page.fill("[name=residence]", "")
    expect(page.locator("#saved")).to_contain_text("已保存")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".error-summary")).to_have_count(0)
    page.wait_for_url("**/mine/applications/**")
