"""A merchant is found near a worker, disputes its statement, and agrees once the union has taken
off what does not belong there."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from niangjia.benefits import services
from niangjia.benefits.rules import months
from niangjia.benefits.tests.factories import make_coupon, make_shop, make_town
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_merchant_is_found_disputes_and_agrees(phone, desk, sign_in):
    town = make_town(supply=10)
    make_shop(town.post, town.merchant, name="老街面馆", longitude=120.08, latitude=29.31)
    for fen in (1000, 600):
        town.buy(make_coupon(town.benefit), fen)
    services.draw_up_statements(
        month=months.first_of(clock.now()), now=clock.now() + dt.timedelta(days=40)
    )
    statement = town.merchant.statements.get()

    phone.goto("/benefits/shops/")
    assert_accessible(phone)
    phone.goto("/benefits/shops/?near=29.31,120.08")
    expect(phone.locator("#results")).to_contain_text("老街面馆")
    assert_accessible(phone)

    sign_in(phone, town.manager.account)
    there = f"/till/statements/{statement.number}/"
    phone.goto(there)
    phone.locator("textarea[name=words]").fill("六元那笔不是我们收的")
    phone.get_by_role("button", name="确认无误").click()
    expect(phone.locator(".field-wrong")).to_contain_text("写了有问题")
    phone.get_by_role("button", name="告诉工会").click()
    expect(phone.locator("main")).to_contain_text("等工会答复")
    assert_accessible(phone)

    officer = make_post(union=town.post.union, account=make_person().account)
    sign_in(desk, officer.account)
    desk.goto(f"/desk/benefits/statements/{statement.number}/")
    expect(desk.locator("main")).to_contain_text("六元那笔不是我们收的")
    desk.locator("textarea[name=words]").fill("先移出，核实后列入下月。")
    desk.locator("input[name=lines]").last.check()
    assert_accessible(desk)
    desk.get_by_role("button", name="发出答复").click()
    expect(desk.locator("main")).to_contain_text("等商户答复")

    phone.goto(there)
    expect(phone.locator("main")).to_contain_text("先移出，核实后列入下月。")
    phone.get_by_role("button", name="确认无误").click()
    expect(phone.locator("main")).to_contain_text("结算单已确认")
