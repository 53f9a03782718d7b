"""A bad rating on a phone, put right at the desk, reviewed above, rated again by the same link."""

import pytest
from playwright.sync_api import expect

from niangjia.feedback.models import Outcome, Rating, RectificationOrder
from niangjia.feedback.tests.factories import invite, make_office
from tests.browser import elder
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "已调阅记录核实，情况属实。"


def say(page, number, **chosen):
    """Take the next step of an order on its page."""
    page.goto(f"/desk/ratings/orders/{number}/")
    for name, value in chosen.items():
        page.locator(f"[name={name}][value={value}]").check()
    page.get_by_label("办理情况").first.fill(WORDS)
    page.locator(".beside .button-primary").first.click()


def test_from_a_bad_rating_to_a_good_one(phone, desk, open_page, sign_in):
    office = make_office()
    _invitation, token = invite(office)

    phone.goto(f"/rate/{token}/")
    assert_accessible(phone)
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("main")).to_contain_text("请选一下你是否满意")
    phone.get_by_text("非常不满意", exact=True).first.click()
    phone.get_by_label("哪里好，哪里不好？").fill("材料退了两次，每次说的都不一样。")
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("h1")).to_have_text("谢谢你的评价")
    expect(phone.locator("main")).to_contain_text("接下来怎么办")
    assert_accessible(phone)
    order = RectificationOrder.objects.get()

    rated = open_page(width=1440, height=900)
    sign_in(rated, office.rated.account)
    rated.goto("/desk/ratings/")
    expect(rated.locator("main")).to_contain_text("没有要整改的")

    sign_in(desk, office.colleague.account)
    desk.goto("/desk/ratings/")
    assert_accessible(desk)
    expect(desk.locator("tbody")).to_contain_text(order.number)
    say(desk, order.number, finding="founded")
    say(desk, order.number)
    say(desk, order.number)
    expect(desk.locator("main")).to_contain_text("由上级工会复核")
    assert_accessible(desk)

    above = open_page(width=1440, height=900)
    sign_in(above, office.county.account)
    say(above, order.number)
    expect(above.locator("main")).to_contain_text("好不好由本人说了算")

    phone.goto(f"/rate/{token}/")
    expect(phone.locator("h1")).to_have_text("现在好些了吗？")
    phone.get_by_text("满意", exact=True).first.click()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("main")).to_contain_text("已经办结")
    order.refresh_from_db()
    assert order.outcome == Outcome.SATISFIED
    assert sorted(Rating.objects.values_list("level", flat=True)) == [1, 4]
    above.goto(f"/scores/{office.county.union.number}/")
    expect(above.locator("main")).to_contain_text("不足 10 次")
    assert_accessible(above)


def test_in_elder_mode_everything_is_large_enough(phone, live_server):
    _invitation, token = invite(make_office())
    phone.context.add_cookies([{"name": "display", "value": "light.elder", "url": live_server.url}])
    phone.goto(f"/rate/{token}/")
    assert elder.problems(phone) == []


def test_without_scripts(open_page):
    _invitation, token = invite(make_office())
    page = open_page(java_script_enabled=False)
    page.goto(f"/rate/{token}/")
    page.get_by_text("基本满意", exact=True).first.click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("h1")).to_have_text("谢谢你的评价")
    assert Rating.objects.get().level == 3
