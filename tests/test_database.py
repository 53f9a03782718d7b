"""The tests' server: several runs of one checkout use it at once."""

import shutil
import tempfile
from pathlib import Path

import pytest

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
