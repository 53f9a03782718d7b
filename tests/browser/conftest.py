"""What browser journeys stand on: a served site, a Chromium, and a page that fails the test when it
reports an error, loads something blocked or asks another server.

    def test_something(phone, live_server):        # 375 px; `desk` is 1440 px
        phone.goto("/unions/")
        assert_accessible(phone)

`sign_in(page, account)` puts an account's session into the page's browser.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser, Page, expect

from niangjia.members.tests.factories.desk import make_session
from niangjia.operations import browser as browsing

# Playwright's synchronous interface keeps an event loop in this thread; Django would refuse the
# database to a test that runs beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
#: Milliseconds. How fast a page is depends on what else the machine does.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def camera(tmp_path_factory) -> Path:
    """The film that the browser's camera plays from when it is opened: see `filming`."""
    return tmp_path_factory.mktemp("camera") / "film.y4m"


@pytest.fixture(scope="package")
def chromium(camera) -> Iterator[Browser]:
    # Every address is loaded with the first that is asked for; no page has to wait for that.
    resolve("/")
    film = f"--use-file-for-fake-video-capture={camera}"
    with browsing.launched("--use-fake-device-for-media-stream", film) as browser:
        yield browser


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page(width=375, height=812, language="zh-CN", **options)`; the options are Playwright's
    own for a new context, and `expected`: how lines in the console may begin that would else fail
    the test. Each page has its own cookies."""
    contexts, watches = [], []

    def opened(*, width=375, height=812, language="zh-CN", expected=(), **options) -> Page:
        # Only the tests of a bad network want the page's service worker (ADR 56).
        options.setdefault("service_workers", "block")
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Shanghai",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watches.append(browsing.Watch(page, urlsplit(live_server.url).netloc, expected))
        return page

    yield opened
    for context in contexts:
        context.close()
    problems = [problem for watch in watches for problem in watch.problems]
    assert not problems, "\n".join(problems)


@pytest.fixture
def phone(open_page) -> Page:
    """A page as wide as a cheap phone."""
    return open_page(**browsing.PHONE, has_touch=True)


@pytest.fixture
def desk(open_page) -> Page:
    """A page as wide as an officer's screen."""
    return open_page(**browsing.WIDE)


@pytest.fixture
def sign_in(live_server) -> Callable[..., None]:
    """`sign_in(page, account)`: as if the account had just given its code. With
    `two_factors=False` the second factor is still missing."""

    def signed_in(page: Page, account, *, two_factors: bool = True) -> None:
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": make_session(account, two_factors=two_factors),
                    "url": live_server.url,
                }
            ]
        )

    return signed_in
