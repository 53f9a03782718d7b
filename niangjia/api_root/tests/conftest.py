"""For every test of the API."""

import pytest

from niangjia.api_root import throttling
from niangjia.api_root.lean.door import Door
from niangjia.api_root.tests.lean import Site


@pytest.fixture(autouse=True)
def fresh_counter(monkeypatch):
    """A process that has counted nothing yet."""
    monkeypatch.setattr(throttling, "counter", throttling.Counter())


@pytest.fixture(scope="session")
def site():
    """The site that the lean door stands before."""
    return Site()


@pytest.fixture
def door(site):
    """A lean door of a process that nobody has come to yet."""
    door = Door(site)
    door.moulds.make()
    site.asked.clear()
    return door
