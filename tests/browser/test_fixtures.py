"""The watch and axe themselves: each must fail when there is something to find."""

import pytest

from niangjia.operations import browser
from tests.browser.accessibility import assert_accessible


def test_home_is_accessible(phone):
    phone.goto("/")
    assert_accessible(phone)


def test_axe_sees_what_is_wrong(phone):
    phone.goto("/")
    phone.evaluate(
        "document.querySelector('main').innerHTML = '<img src=\"/static/web/mark/mark.svg\">'"
    )

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(phone)


def test_the_watch_sees_what_must_not_be(chromium, live_server):
    page = chromium.new_page()
    watch = browser.Watch(page, live_server.url.removeprefix("http://"))
    page.goto(live_server.url)
    assert watch.problems == []

    for script in (
        "setTimeout(() => { throw new Error('broken') })",
        "console.error('wrong')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
        "fetch('/static/nowhere.css')",
        "fetch('https://elsewhere.invalid/').catch(() => 0)",
    ):
        page.evaluate(script)
    page.wait_for_timeout(500)
    page.close()

    seen = "\n".join(watch.problems)
    for expected in (
        "script error: broken",
        "console: wrong",
        "inline style",
        "404 ",
        "https://elsewhere.invalid/",
    ):
        assert expected in seen
