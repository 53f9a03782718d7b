"""A call taken, taken down and made a case by keyboard alone; what was typed survives a reload."""

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect

from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.core import clock, protection
from niangjia.hotline import services
from niangjia.hotline.models import Call, CallState, Ending, Topic, WorkOrder
from niangjia.hotline.tests.factories import make_agent, make_call, make_line
from niangjia.members.tests.factories.joining import make_chain
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
MATTER = "工地三个月没有发工资，有人要爬塔吊"


#: The keystroke-level model (Card, Moran, Newell 1983): seconds a key takes somebody who types
#: forty words a minute, and of thinking before each field. By pinyin a Chinese character takes
#: about three keys.
A_KEY, A_THOUGHT, A_CHARACTER = 0.28, 1.35, 3


class Keys:
    """A keyboard that counts what an agent would have pressed on theirs."""

    def __init__(self, page):
        self.page, self.moves, self.typed, self.thoughts = page, 0, 0, 0

    def press(self, key):
        self.moves += 1
        self.page.keyboard.press(key)

    def type(self, words):
        self.thoughts += 1
        self.typed += sum(1 if each.isascii() else A_CHARACTER for each in words)
        self.page.keyboard.type(words)

    def tab_to(self, field):
        """With the tabulator as far as `field`."""
        for _field in range(20):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.id") == field:
                return
        raise AssertionError(f"no way to {field} by keyboard")

    @property
    def seconds(self):
        return (self.moves + self.typed) * A_KEY + self.thoughts * A_THOUGHT


@pytest.fixture
def agent(desk, sign_in):
    """An agent at the desk, with one caller waiting."""
    city = make_chain()[1]
    publish(AID)
    publish(COMPLAINT)
    line, agent = make_line(city), make_agent(city)
    services.seed_knowledge(now=clock.now())
    Topic.objects.filter(key="c-arrears-site").update(item_key=COMPLAINT["key"])
    make_call(line)
    sign_in(desk, agent.account)
    desk.goto("/desk/hotline/")
    return agent


def the_call():
    with protection.working("test"):
        return Call.objects.get()


def choose_topic(desk, keys=None):
    """Take the call, and say what it is about: keys alone."""
    keys = keys or desk.keyboard
    keys.press("F2")
    expect(desk.locator("#id_topic_words")).to_be_focused()
    # Faster than anything can be offered: what is taken is what was typed.
    keys.type("gdqx")
    keys.press("Enter")
    expect(desk.get_by_role("radio", name="工地欠薪")).to_be_checked()
    expect(desk.locator("#id_matter")).to_be_focused()
    expect(desk.locator("#id_employer")).to_be_visible()


def test_from_the_ring_to_the_case_by_keyboard_alone(agent, desk):
    expect(desk.get_by_text("1 个在等")).to_be_visible()
    assert_accessible(desk)
    choose_topic(desk)
    assert_accessible(desk)
    expect(desk.locator("#articles").get_by_text("要堵路、停工、爬塔吊")).to_be_visible()
    desk.keyboard.type(MATTER)
    expect(desk.locator("[data-urgent]")).to_be_visible()
    desk.keyboard.press("F9")
    error = desk.locator(".error-summary")
    expect(error).to_be_focused()
    expect(error).to_contain_text("哪家")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_employer")).to_be_focused()
    desk.keyboard.type("金华某某建筑劳务有限公司")
    desk.keyboard.press("F9")
    expect(desk.get_by_role("heading", name="已登记")).to_be_visible()
    expect(desk.locator(".receipt")).to_contain_text("-")
    assert_accessible(desk)
    with protection.working("test"):
        order = WorkOrder.objects.select_related("case").get()
    assert order.case.is_complaint
    desk.keyboard.press("F2")
    expect(desk.get_by_text("没有人在等")).to_be_visible()


def test_a_complaint_with_everything_takes_ten_moves_and_less_than_a_minute_of_keys(agent, desk):
    keys = Keys(desk)
    choose_topic(desk, keys)
    keys.type(MATTER)
    keys.tab_to("id_name")
    keys.type("陈师傅")
    keys.tab_to("id_employer")
    keys.type("金华某某建筑劳务有限公司")
    keys.press("F9")
    expect(desk.get_by_role("heading", name="已登记")).to_be_visible()
    with protection.working("test"):
        order = WorkOrder.objects.select_related("case").get()
    assert order.case.is_complaint
    assert keys.moves <= 10
    assert keys.moves + keys.typed <= 130
    assert keys.seconds < 60


def test_what_was_typed_survives_a_reload(agent, desk):
    choose_topic(desk)
    with desk.expect_response(lambda got: MATTER in unquote_plus(got.request.post_data or "")):
        desk.keyboard.type(MATTER)
    expect(desk.locator("#saved")).to_contain_text("已保存")
    desk.reload()
    expect(desk.locator("#id_matter")).to_have_value(MATTER)
    expect(desk.get_by_role("radio", name="工地欠薪")).to_be_checked()


def test_a_silent_call_is_closed_by_one_key_and_a_new_one_is_announced(agent, desk):
    desk.keyboard.press("F2")
    expect(desk.locator("#id_topic_words")).to_be_focused()
    desk.keyboard.press("Shift+F2")
    expect(desk.get_by_text("没有人在等")).to_be_visible()
    assert (the_call().state, the_call().ending) == (CallState.ENDED, Ending.SILENT)
    with protection.working("test"):
        make_call(the_call().line)
    waiting = desk.locator("#waiting")
    expect(waiting).to_contain_text("1 个在等")
    expect(waiting).to_have_attribute("aria-live", "polite")
