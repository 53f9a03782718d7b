"""For every test of the API."""

import pytest

from niangjia.api_root import throttling


@pytest.fixture(autouse=True)
def fresh_counter(monkeypatch):
    """A process that has counted nothing yet."""
    monkeypatch.setattr(throttling, "counter", throttling.Counter())
