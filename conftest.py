"""Fixtures that replace a plugin's own must stand here."""

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, settings

from niangjia.members.tests.factories.joining import make_chain
from tests.database import django_db_setup

__all__ = ["django_db_setup"]

# How fast a test is depends on what else the machine does: an example is never too slow.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def made_chain(kept):
    """What `chain` is a copy of; a module or a room puts more beside it by one of its own."""
    return make_chain()


@pytest.fixture
def chain(made_chain):
    """A province's, a city's and a county's federation, and a grassroots union below them."""
    return deepcopy(made_chain)
