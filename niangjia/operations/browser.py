"""A Chromium to look at our own pages with: for the tour and for the browser tests.

Needs the packages of requirements/dev.txt; a node that only serves never imports this.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from niangjia.operations import chromium

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Promise 40: everything the Web Content Accessibility Guidelines 2.2 ask at level AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 375, "height": 812}
WIDE = {"width": 1440, "height": 900}


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """A headless Chromium, with these flags beside our own. Raises `chromium.NoChromium`."""
    with sync_playwright() as playwright:
        browser = chromium.start(playwright, *flags)
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """Collects what a page must never do: script errors, blocked content, failed answers, missing
    files, and anything asked of another server."""

    def __init__(self, page: Page, host: str, expected: tuple[str, ...] = ()) -> None:
        self.host = host
        #: How lines in the console may begin that are meant to be there.
        self.expected = expected
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("response", self._response)
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        # A failed request is judged by its answer below: a form that says "please correct" is one.
        known = message.text.startswith(self.expected)
        if message.type == "error" and not known and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        missing = response.status >= 400 and "/static/" in response.url
        if response.status >= 500 or missing:
            self.problems.append(f"{response.status} {response.url}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.host:
            self.problems.append(f"asked another server: {url}")


def accessibility_violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line a place."""
    # A click comes back once the next page has begun to arrive; axe needs the whole of it.
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    # Chromium reports a colour in the middle of a transition; a page is judged at rest.
    found: list[dict[str, Any]] = page.evaluate(
        "async rules => {"
        " await Promise.allSettled(document.getAnimations().filter(a => a.effect"
        "  ?.getComputedTiming().iterations !== Infinity).map(a => a.finished));"
        " const found = await axe.run({runOnly: rules, resultTypes: ['violations']});"
        " return found.violations }",
        RULES,
    )
    return [
        f"{violation['id']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
