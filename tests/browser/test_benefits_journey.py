"""A courier gets a coupon in the opening seconds and uses it; what the shop took stands on its
statement."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from niangjia.allocation import services as allocation
from niangjia.allocation.tests.factories import make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Coupon
from niangjia.benefits.rules import months
from niangjia.benefits.tests.factories import make_town
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.members.tests.factories.accounts import make_account
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def town(db):
    """A hundred coupons of ten yuan, to be used in parts; the pool opens now, and whoever comes in
    the first minute is put in random order."""
    now = clock.now()
    burst = make_draft(opens_at=now, closes_at=now + 600 * MINUTE, gather_seconds=60)
    return make_town(supply=100, is_partial=True, pool=burst)


def test_a_courier_gets_a_coupon_and_uses_it(phone, desk, sign_in, town):
    courier = make_account()
    there = f"/benefits/{town.benefit.number}/"
    phone.goto("/benefits/?all=on")
    assert_accessible(phone)
    phone.get_by_role("link", name=re.compile(town.benefit.name)).click()
    expect(phone.locator("h1")).to_have_text(town.benefit.name)
    expect(phone.get_by_role("link", name="登录参加")).to_be_visible()
    assert_accessible(phone)

    sign_in(phone, courier)
    phone.goto(there)
    phone.locator("#standing form button").click()
    # The calm page of the opening seconds: no race, and a reload loses nothing.
    expect(phone.locator("#standing h2")).to_have_text("已登记")
    assert_accessible(phone)
    phone.reload()
    expect(phone.locator("#standing h2")).to_have_text("已登记")
    allocation.sweep(now=clock.now() + 2 * MINUTE)
    deliver_pending()
    phone.reload()
    expect(phone.locator("#standing h2")).to_have_text("名额是你的了")
    phone.get_by_role("link", name="打开它的页面").click()
    phone.get_by_role("link", name="出示我的券").click()
    expect(phone.locator("#card-code svg").first).to_be_visible()
    expect(phone.locator(".code-number")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    assert_accessible(phone)

    sign_in(desk, town.manager.account)
    desk.goto(f"/till/{town.shop.number}/")
    assert_accessible(desk)
    coupon = Coupon.objects.get()
    phone.reload()
    expect(phone.locator("#card-code svg").first).to_be_visible()
    shown = f"{coupon.number} {phone.locator('.code-number').inner_text()}"
    desk.get_by_label("手机上的券码").fill(shown)
    desk.get_by_label("消费金额").fill("8.50")
    desk.get_by_role("button", name="核销").click()
    expect(desk.locator("main")).to_contain_text("用券 8.50 元，还需付 0 元")
    assert_accessible(desk)

    # A photo of the same code pays nothing more.
    desk.get_by_label("手机上的券码").fill(shown)
    desk.get_by_label("消费金额").fill("1")
    desk.get_by_role("button", name="核销").click()
    expect(desk.locator("[role=alert]").first).to_contain_text("已经用过")
    expect(desk.get_by_label("消费金额")).to_have_value("1")
    coupon.refresh_from_db()
    assert coupon.left_fen == 150

    phone.reload()
    expect(phone.locator(".timeline")).to_contain_text(f"在{town.shop.name}用了 8.50 元")
    expect(phone.locator(".coupon-card .benefit-worth")).to_contain_text("1.50")

    services.draw_up_statements(
        month=months.first_of(clock.now()), now=clock.now() + dt.timedelta(days=40)
    )
    desk.goto(f"/till/{town.shop.number}/statements/")
    desk.get_by_role("link", name=re.compile(r"8\.50 元")).click()
    expect(desk.locator("main")).to_contain_text("应付（元）")
    expect(desk.locator(".table tbody tr")).to_have_count(1)
    expect(desk.locator(".table tbody")).to_contain_text("8.50")
    expect(desk.locator(".table tbody")).to_contain_text(coupon.number)
    assert_accessible(desk)
    desk.get_by_role("button", name="确认无误").click()
    expect(desk.get_by_text("结算单已确认")).to_be_visible()
