"""A steward's camera reads an entry code where the browser has no reader of its own, also without a
network; what is another place's is said to be."""

import pytest
from playwright.sync_api import expect

from niangjia.allocation.tests.gates import code, make_gate, make_steward
from niangjia.core import clock
from niangjia.members.tests.factories.desk import make_post
from niangjia.places import services
from niangjia.places.tests.factories import make_place
from tests.browser.accessibility import assert_accessible
from tests.browser.filming import film
from tests.browser.test_offline import with_worker

pytestmark = pytest.mark.django_db(transaction=True)


def make_plate():
    place = make_place()
    return services.issue_plate(by=make_post(union=place.union), place=place, now=clock.now())


@pytest.fixture
def page(open_page):
    page = open_page(service_workers="allow", expected=("Failed to load resource",))
    page.add_init_script("delete window.BarcodeDetector")
    return page


def test_a_camera_reads_codes_without_a_reader_of_the_browsers(page, sign_in, camera):
    gate, parts = make_gate(people=1)
    sign_in(page, make_steward(gate))
    with_worker(page, f"/gates/{gate.pk}/")
    page.locator("#gate[data-ready]").wait_for()
    scan = page.locator("#gate [data-scan]")
    button, says = scan.locator("[data-scan-open]"), scan.get_by_role("status")

    film(code(gate, parts[0], clock.now()), camera)
    button.click()
    expect(says).to_contain_text("这里还不能用摄像头")
    expect(button).to_be_focused()
    assert_accessible(page)

    page.context.grant_permissions(["camera"])
    page.context.set_offline(True)
    button.click()
    expect(page.locator("[data-result]")).to_contain_text("可以入场")
    expect(page.locator("[data-came]")).to_have_text("1 / 1")
    assert_accessible(page)
    # It is held before the camera all the while, and counts once.
    expect(page.locator("[data-unsent]")).to_have_text("1")
    expect(page.locator("[data-result]")).not_to_contain_text("已经入场了")
    button.click()
    expect(scan.locator("video")).to_be_hidden()


def test_a_plate_leads_to_its_own_page_and_one_of_another_place_is_named(
    phone, live_server, camera
):
    phone.context.grant_permissions(["camera"])
    plates = [make_plate(), make_plate()]
    here, elsewhere = [f"/p/{plate.place.code}/{plate.key}/" for plate in plates]

    def scan(path):
        film(f"{live_server.url}{path}", camera)
        phone.goto(f"/places/{plates[0].place.code}/")
        phone.get_by_role("button", name="用摄像头扫码").click()

    scan(elsewhere)
    expect(phone.get_by_role("link", name="打开它的页面")).to_have_attribute("href", elsewhere)
    phone.get_by_role("button", name="关闭摄像头").click()
    scan(here)
    phone.wait_for_url(f"**{here}")
