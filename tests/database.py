"""Gives the tests an embedded PostgreSQL before Django reads its settings."""

import os
from pathlib import Path

import pytest

from niangjia.operations import postgres


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if "NIANGJIA_DATABASE_URL" not in os.environ:
        home = Path(__file__).parent.parent / "var"
        os.environ["NIANGJIA_DATABASE_URL"] = postgres.start(home / "test-postgres")
