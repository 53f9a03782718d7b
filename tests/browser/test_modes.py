"""Light, dark and elder: every main page that needs no account, in each of them."""

import pytest

from tests.browser import elder
from tests.browser.accessibility import assert_accessible

PAGES = ["/", "/styleguide/", "/nowhere/", "/account/login/"]
MODES = ["light", "dark", "light.elder", "dark.elder"]


def choose(page, live_server, mode):
    page.context.add_cookies([{"name": "display", "value": mode, "url": live_server.url}])


@pytest.mark.parametrize("mode", MODES)
def test_contrast_and_the_rest_hold_in_every_mode(phone, live_server, mode):
    choose(phone, live_server, mode)
    for path in PAGES:
        phone.goto(path)
        assert_accessible(phone)


def test_elder_mode_has_large_text_and_large_targets(phone, live_server):
    phone.goto("/")
    phone.get_by_role("button", name="长者模式").first.click()
    for path in PAGES:
        phone.goto(path)
        assert elder.problems(phone) == [], path


def test_the_measure_sees_what_is_too_small(phone):
    phone.goto("/")

    found = elder.problems(phone)

    assert any(problem.startswith("14 px text") for problem in found)
    assert any("长者模式" in problem for problem in found)


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_no_page_is_wider_than_its_screen(open_page, live_server, width):
    page = open_page(width=width)
    for mode in ("light", "light.elder"):
        choose(page, live_server, mode)
        for path in PAGES:
            page.goto(path)
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, (path, mode)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_at_most_three_sizes_of_type(phone, path):
    phone.goto(path)
    sizes = phone.evaluate(
        "[...new Set([...document.querySelectorAll('body *')]"
        " .filter(e => e.checkVisibility() && [...e.childNodes].some("
        "   n => n.nodeType === 3 && n.data.trim()) && !['SCRIPT', 'OPTION'].includes(e.tagName))"
        " .map(e => getComputedStyle(e).fontSize))]"
    )
    assert len(sizes) <= 3, sizes


def test_the_colours_follow_the_device_until_a_person_chooses(open_page, live_server):
    page = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("/")
    night = page.evaluate(ground)

    page.get_by_role("button", name="深色").click()
    assert page.evaluate(ground) == night
    page.get_by_role("button", name="浅色").click()
    assert page.evaluate(ground) != night


def test_nothing_moves_while_the_page_loads(phone):
    phone.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
        " window.shift += e.value }).observe({type: 'layout-shift', buffered: true})"
    )
    for path in ("/", "/styleguide/"):
        phone.goto(path)
        phone.wait_for_load_state("networkidle")
        assert phone.evaluate("window.shift") < 0.01


def test_pages_work_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="English").click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Your union is closer than you think"
    )
