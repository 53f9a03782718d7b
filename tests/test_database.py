"""The tests' server: several runs of one checkout use it at once."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from niangjia.core.models import OutboxEvent
from niangjia.operations import postgres
from tests import database


@pytest.fixture
def data():
    folder = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
    folder.chmod(0o755)
    yield folder / "data"
    postgres.stop(folder / "data")
    shutil.rmtree(folder)


def test_the_run_that_ends_last_stops_the_server(data):
    runs = [database.hold(data) for _run in range(3)]
    postgres.start(data, durable=False)
    for run in runs[:2]:
        database.release(run, data)
        assert postgres.is_running(data)
    database.release(runs[2], data)
    assert not postgres.is_running(data)


@pytest.mark.django_db
def test_the_models_are_what_their_migrations_make():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_control_a_model_that_no_migration_made_is_found(monkeypatch):
    monkeypatch.setattr(OutboxEvent._meta.get_field("type"), "max_length", 81)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
