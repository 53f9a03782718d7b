"""A sheet of places is sent, its wrong rows are put right, and what is new is entered."""

import pytest
from playwright.sync_api import expect

from niangjia.core import clock, sheets
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places.models import Place, PlaceList, State
from niangjia.places.services.lists.entering import enter_some
from niangjia.places.services.lists.reading import read_some
from niangjia.places.tests.factories import make_place
from niangjia.places.tests.lists import HEADINGS, row
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = (
    row("城店路工会驿站", 120.0900, 29.3200),
    row("江滨路驿站", 120.0751, 29.3061),
    row("篁园路驿站", 29.3105, 120.0790),
    row("北站驿站", 120.0600, 29.3300, hours="看情况"),
)


def worked_off(step, **named):
    """What the queue's worker would do."""
    held = PlaceList.objects.get()
    while step(list_id=held.pk, **named):
        pass


def test_a_list_is_sent_looked_through_and_entered(desk, sign_in):
    division = make_division("义乌市", code="330782")
    union = make_union("义乌市总工会", division=division)
    there = make_place(union, longitude=120.0750, latitude=29.3060)
    sign_in(desk, make_post(union=union).account)
    desk.goto("/desk/places/lists/")
    assert_accessible(desk)
    sheet = sheets.xlsx([list(HEADINGS), *ROWS], title="站点")
    desk.locator("input[type=file]").set_input_files(
        {"name": "站点.xlsx", "mimeType": "application/octet-stream", "buffer": sheet}
    )
    desk.get_by_role("button", name="上传").click()
    expect(desk.get_by_role("heading", name="站点.xlsx")).to_be_visible()
    desk.locator("#id_system").select_option("wgs84")
    assert_accessible(desk)
    desk.get_by_role("button", name="读这份清单").click()
    expect(desk.locator("progress")).to_be_visible()
    worked_off(read_some)

    desk.reload()
    rows = desk.locator(".list-rows > li")
    asked = rows.filter(has_text="江滨路驿站")
    expect(asked).to_contain_text(there.name)
    assert_accessible(desk)
    asked.locator("button[value^='skip:']").click()
    swapped = rows.filter(has_text="篁园路驿站")
    expect(swapped.locator(".error")).to_be_visible()
    swapped.get_by_role("button").first.click()
    expect(swapped).to_have_count(0)
    # Nobody can read these hours: the row stays, to be corrected and sent again.
    expect(rows.filter(has_text="北站驿站").locator(".error")).to_be_visible()
    assert_accessible(desk)
    desk.locator("form[action$='/entry/'] button").click()
    expect(desk.locator("progress")).to_be_visible()
    worked_off(enter_some, now=clock.now())

    desk.reload()
    desk.get_by_role("link", name="新录入的").click()
    expect(rows.filter(has_text="城店路工会驿站")).to_be_visible()
    made = Place.objects.filter(state=State.DRAFT)
    assert set(made.values_list("name", flat=True)) == {"城店路工会驿站", "篁园路驿站"}
    mended = made.get(name="篁园路驿站")
    assert (mended.longitude, mended.latitude) == (120.0790, 29.3105)
