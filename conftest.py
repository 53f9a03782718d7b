"""Fixtures that replace a plugin's own must stand here."""

import gc
from copy import deepcopy

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from niangjia.members.tests.factories.joining import make_chain
from tests.database import django_db_setup

__all__ = ["django_db_setup"]

# How fast a test is depends on what else the machine does: an example is never too slow.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

#: What takes longest comes first: else one worker looks on while the other ends.
SLOWEST = (
    "niangjia/operations/",
    "tests/browser/",
    "niangjia/hotline/tests/test_orders_stateful.py",
)
#: How many more objects than before make Python look for garbage; see `gc.set_threshold`.
GARBAGE = (20_000, 10, 10)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not item.nodeid.startswith(SLOWEST))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """A request leaves its language behind: every test begins in Chinese."""
    translation.deactivate()


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is imported and collected stays to the end, so nobody looks for garbage in it; and in
    what tests make less often than Python does, which took a tenth of their time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


@pytest.fixture(scope="module")
def made_chain(kept):
    """What `chain` is a copy of; a module or a room puts more beside it by one of its own."""
    return make_chain()


@pytest.fixture
def chain(made_chain):
    """A province's, a city's and a county's federation, and a grassroots union below them."""
    return deepcopy(made_chain)
