"""Counting what a page asks of the database, for the tests that state it."""

from collections.abc import Mapping

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def assert_counts(browser: Client, pages: Mapping[str, tuple[str, int]]) -> None:
    """Each page, an address and how often it asks, is shown and asks exactly so often the second
    time it is opened. All that differ are told at once."""
    counts = {}
    for name, (address, _stated) in pages.items():
        assert browser.get(address).status_code == 200, (name, address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        counts[name] = len(asked)
    assert counts == {name: stated for name, (_address, stated) in pages.items()}
