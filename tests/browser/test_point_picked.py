"""Where a place is, put on a map: by the keys, by a click, and by typing."""

import pytest
from playwright.sync_api import expect

from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_point_of_a_place_is_put_on_a_map(desk, sign_in):
    union = make_chain()[3]
    sign_in(desk, make_post(union=union).account)
    desk.goto("/desk/places/new/")
    desk.locator("[data-pick]").scroll_into_view_if_needed()
    expect(desk.locator("[data-pick][data-ready=yes]")).to_be_visible()
    point, marker = desk.locator("#id_point"), desk.locator("[role=application]")
    point.fill("29.306000, 120.075000")
    desk.locator("#id_system").select_option("wgs84")
    point.blur()
    marker.press("ArrowUp")
    expect(point).to_have_value("29.306200, 120.075000")
    marker.press("Shift+ArrowLeft")
    expect(point).to_have_value("29.306200, 120.070000")
    # A click puts it somewhere else, and says so in numbers of GPS.
    desk.locator("#id_system").select_option("gcj02")
    desk.locator("#pick-map canvas").click(position={"x": 40, "y": 60})
    expect(point).not_to_have_value("29.306200, 120.070000")
    expect(desk.locator("#id_system")).to_have_value("wgs84")
    assert_accessible(desk)
