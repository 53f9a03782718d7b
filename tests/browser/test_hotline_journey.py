"""A call rings; it ends when what the caller was not satisfied with has to be put right."""

import pytest
from playwright.sync_api import expect

from niangjia.cases.tests.factories import COMPLAINT, publish, text
from niangjia.core import protection
from niangjia.core.outbox import deliver_pending
from niangjia.feedback.models import RectificationOrder
from niangjia.hotline.models import State, Topic, WorkOrder
from niangjia.hotline.tests.aftercare import make_world
from niangjia.hotline.tests.factories import PHONE, make_call
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    made = make_world()
    ui = {"fields": {"matter": {"label": text("发生了什么？")}}}
    publish(COMPLAINT, form={**COMPLAINT["form"], "ui": ui})
    Topic.objects.filter(key="wages").update(name="拖欠工资", initials="tqgz")
    return made


def only_order():
    deliver_pending()
    with protection.working("test"):
        return WorkOrder.objects.select_related("case").get()


def test_from_the_ring_to_the_rectification(world, desk, open_page, sign_in):
    sign_in(desk, world.taker.account)
    make_call(world.line)
    desk.goto("/desk/hotline/")
    assert_accessible(desk)
    desk.keyboard.press("F2")
    expect(desk.locator("#id_topic_words")).to_be_focused()
    desk.keyboard.type("tqgz")
    expect(desk.locator("#id_topic_words_offers [type=radio]")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_employer")).to_be_visible()
    desk.locator("#id_matter").fill("三个月没有发工资了，老板不接电话")
    desk.locator("#id_name").fill("陈师傅")
    desk.locator("#id_phone").fill(PHONE)
    desk.locator("#id_employer").fill(world.employer.name)
    desk.keyboard.press("F9")
    expect(desk.locator("main")).not_to_contain_text("#intake")
    order = only_order()
    assert order.case.handler_id == world.city.pk

    desk.goto(f"/desk/hotline/orders/{order.number}/")
    assert_accessible(desk)
    desk.get_by_label(world.county.name).check()
    desk.locator("form[action$='/dispatch/'] textarea").fill("属地在义乌，请你会核实办理")
    desk.locator("form[action$='/dispatch/'] .button-primary:visible").click()
    expect(desk.locator("main")).to_contain_text(world.county.name)

    county = open_page(width=1440, height=900)
    sign_in(county, world.worker.account)
    county.goto(f"/desk/cases/{order.case.number}/")
    county.locator("input[name=outcome][value=settled]").check()
    county.locator("form[action$='/steps/'] .button-primary").click()
    assert only_order().state == State.HANDLED

    desk.goto(f"/desk/hotline/orders/{order.number}/")
    expect(desk.locator("main")).to_contain_text("你自己经手过")
    other = open_page(width=1440, height=900)
    sign_in(other, world.caller.account)
    other.goto("/desk/hotline/orders/?tab=call")
    assert_accessible(other)
    other.get_by_role("link", name=order.number).click()
    other.get_by_role("button", name="显示姓名和电话").click()
    expect(other.locator("main")).to_contain_text(PHONE)
    assert_accessible(other)
    other.locator("input[name=result][value=reached]").check()
    other.locator("input[name=level][value='2']").check()
    other.locator("form[action$='/call-backs/'] textarea").fill("说是办好了，钱还没有到账")
    other.locator("form[action$='/call-backs/'] .button-primary").click()
    expect(other.locator("main")).to_contain_text("整改")
    assert only_order().state == State.RECTIFYING
    with protection.working("test"):
        rectification = RectificationOrder.objects.get()
    county.goto(f"/desk/ratings/orders/{rectification.number}/")
    assert county.title()

    other.goto("/desk/hotline/board/")
    expect(other.locator("#board-today")).to_have_text("1")
    assert_accessible(other)
    other.goto("/desk/hotline/statistics/")
    expect(other.locator("main")).to_contain_text(world.county.name)
    assert_accessible(other)
