"""The watch and axe themselves: each must fail when there is something to find."""

import pytest

from niangjia.operations import browser
from niangjia.operations.tour.crowding import crowded
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


def test_what_has_too_little_room_is_found(phone):
    """The controls: the same words and the same button with room for them."""
    words, button = "Sealed, before the value", "<button>Take out of the team</button>"
    phone.goto("/")
    for width, found in (
        ("1em", [f"squeezed: {words}", "cut off: Take out of the team"]),
        ("", []),
    ):
        phone.evaluate(
            """([html, width]) => {
                document.querySelector('main').innerHTML = html;
                const [squeezed, around] = document.querySelectorAll('main > *');
                squeezed.style.width = around.style.width = width;
                around.style.overflow = 'hidden';
                around.style.whiteSpace = 'nowrap';
            }""",
            [f"<p>{words}</p><div>{button}</div>", width],
        )
        assert crowded(phone) == found


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
    awaited = {
        "script error: broken",
        "console: wrong",
        "inline style",
        "404 ",
        "https://elsewhere.invalid/",
    }
    for _ in range(300):
        unseen = {each for each in awaited if each not in "\n".join(watch.problems)}
        if not unseen:
            break
        page.wait_for_timeout(100)
    page.close()
    assert unseen == set()
