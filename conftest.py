"""Fixtures that replace a plugin's own must stand here."""

from hypothesis import HealthCheck, settings

from tests.database import django_db_setup

__all__ = ["django_db_setup"]

# How fast a test is depends on what else the machine does: an example is never too slow.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")
