"""Fixtures that replace a plugin's own must stand here."""

from tests.database import django_db_setup

__all__ = ["django_db_setup"]
