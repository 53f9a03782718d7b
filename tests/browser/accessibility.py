"""Promise 40 as an assertion."""

from playwright.sync_api import Page

from niangjia.operations import browser


def assert_accessible(page: Page) -> None:
    """axe finds nothing wrong with the page as it stands (WCAG 2.2, level AA)."""
    violations = browser.accessibility_violations(page)
    assert not violations, "\n".join([page.url, *violations])
