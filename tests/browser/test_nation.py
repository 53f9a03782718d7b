"""The national page draws itself at once and counts one more while somebody looks."""

import re

import pytest
from playwright.sync_api import expect

from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.models import Union
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = "JSON.parse(document.getElementById('bars-data').textContent).points[0].value"
#: How many pixels of the bars carry ink.
INK = """() => {
    const c = document.querySelector('#bars canvas');
    const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
    return data.filter((value, i) => i % 4 === 3 && value).length;
}"""


@pytest.fixture
def grassroots():
    union = make_chain()[3]
    for _ in range(9):
        make_membership(union=union)
    return union


def test_charts_are_drawn_without_scrolling(phone, grassroots):
    phone.goto("/nation/")
    for chart in ("shades", "bars"):
        phone.locator(f"#{chart}[data-drawn=yes]").wait_for()
    assert phone.evaluate("scrollY") == 0
    assert phone.evaluate(INK) > 100
    assert_accessible(phone)


def test_one_more_counts_at_once_in_figures_and_charts(desk, grassroots):
    desk.goto("/nation/")
    desk.locator("#bars[data-drawn=yes]").wait_for()
    desk.evaluate("document.querySelector('#bars canvas').dataset.same = 'yes'")
    make_membership(union=Union.objects.get(pk=grassroots.pk))
    desk.evaluate("document.getElementById('nation').dispatchEvent(new Event('seen'))")
    desk.locator("#members[data-changed='+1']").wait_for()
    expect(desk.locator("#members")).to_have_text(re.compile("^10"))
    desk.wait_for_function(f"{POINTS} === 10")
    expect(desk.locator("#bars canvas[data-same]"), "drawn on, not drawn anew").to_have_count(1)
    desk.locator("#members:not([data-changed])").wait_for()


def test_who_wants_no_motion_sees_the_number_alone(open_page, grassroots):
    page = open_page(reduced_motion="reduce")
    page.goto("/nation/")
    make_membership(union=Union.objects.get(pk=grassroots.pk))
    page.evaluate("document.getElementById('nation').dispatchEvent(new Event('seen'))")
    page.locator("#members[data-changed='+1']").wait_for()
    after = "getComputedStyle(document.getElementById('members'), '::after').content"
    assert page.evaluate(after) == "none"
