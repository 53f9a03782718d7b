"""A call answered badly, said so by key, put right, and called again until it is good."""

import pytest
from playwright.sync_api import expect

from niangjia.cases.tests.factories import COMPLAINT, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.outbox import deliver_pending
from niangjia.feedback.models import Outcome, RectificationOrder
from niangjia.hotline import services
from niangjia.hotline.clients import telephony
from niangjia.hotline.models import Topic, WorkOrder
from niangjia.hotline.rules.telephony import Kind
from niangjia.hotline.tests.factories import event, make_agent, make_call, make_line
from niangjia.members.models import Role
from niangjia.members.tests.factories.joining import make_chain
from tests.browser.accessibility import assert_accessible
from tests.browser.test_rating_journey import say

pytestmark = pytest.mark.django_db(transaction=True)


def answer_by_keyboard(desk):
    """The call is taken, taken down, and answered on the spot."""
    desk.goto("/desk/hotline/")
    desk.keyboard.press("F2")
    expect(desk.locator("#id_topic_words")).to_be_focused()
    desk.keyboard.type("gdqx")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("radio", name="工地欠薪")).to_be_checked()
    expect(desk.locator("#id_matter")).to_be_focused()
    desk.keyboard.type("工地三个月没有发工资，该找谁？")
    desk.locator("#id_phone").fill("13900001111")
    desk.locator("#id_answer").fill("这个我们不管。")
    desk.keyboard.press("F8")
    expect(desk.locator("main")).to_contain_text("已当场答复并办结")
    expect(desk.locator("main")).to_contain_text("系统会请来电人按键评价")
    assert_accessible(desk)


def test_from_the_call_to_the_rectification(desk, open_page, sign_in, settings, monkeypatch):
    settings.TELEPHONY_URL = "http://gateway.example"
    monkeypatch.setattr(telephony.http, "post", lambda *_args, **_options: {})
    province, city = make_chain()[:2]
    publish(COMPLAINT)
    line, agent, colleague = make_line(city), make_agent(city), make_agent(city)
    rectifies, chair = make_officer(city), make_officer(province, Role.CHAIR)
    line.quality_percent = 0
    line.quality_always = []
    line.save()
    services.seed_knowledge(now=clock.now())
    Topic.objects.filter(key="c-arrears-site").update(item_key=COMPLAINT["key"])
    make_call(line, call="c-1")
    pressed = event(Kind.RATED, "c-1", line=line.number, pressed="5")
    sign_in(desk, agent.account)

    answer_by_keyboard(desk)
    services.note_event(event=pressed, now=clock.now())
    deliver_pending()
    with protection.working("test"):
        rectification = RectificationOrder.objects.get()
        order = WorkOrder.objects.get()

    officer = open_page(width=1440, height=900)
    sign_in(officer, rectifies.account)
    officer.goto("/desk/ratings/")
    expect(officer.locator("tbody")).to_contain_text(rectification.number)
    say(officer, rectification.number, finding="founded")
    say(officer, rectification.number)
    say(officer, rectification.number)
    expect(officer.locator("main")).to_contain_text("由上级工会复核")
    above = open_page(width=1440, height=900)
    sign_in(above, chair.account)
    say(above, rectification.number)
    expect(above.locator("main")).to_contain_text("好不好由本人说了算")
    deliver_pending()

    again = open_page(width=1440, height=900)
    sign_in(again, colleague.account)
    again.goto(f"/desk/hotline/orders/{order.number}/")
    again.get_by_role("button", name="显示姓名和电话").click()
    expect(again.locator("main")).to_contain_text("139 0000 1111")
    again.locator("[name=result][value=reached]").check()
    again.locator('[name=level][value="4"]').check()
    again.get_by_role("button", name="记下来").click()
    expect(again.locator("main")).to_contain_text("回访已记下")
    assert_accessible(again)
    deliver_pending()
    rectification.refresh_from_db()
    assert rectification.outcome == Outcome.SATISFIED
    again.goto(f"/desk/hotline/orders/{order.number}/")
    # What came back once is always checked, by a third person.
    expect(again.locator("main")).to_contain_text("待质检")
