"""Promises 21 and 22: kill -9 at every step, one effect, and a living worker carries on."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.core import clock, outbox
from niangjia.core.models import OutboxDelivery, OutboxEvent
from niangjia.core.tests import mortal_worker

PATIENCE_SECONDS = 60


@pytest.fixture
def start(tmp_path):
    """Start a worker on the test's database; all are gone at the end."""
    parts = connection.get_connection_params()
    names = {"user", "password", "host", "port", "dbname"}
    conninfo = " ".join(f"{name}={parts[name]}" for name in names if parts.get(name))
    environment = os.environ | {
        "NIANGJIA_DATABASE_URL": conninfo,
        "NIANGJIA_HEARTBEAT": "0.5",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    workers = []

    def start_one(step):
        command = [sys.executable, mortal_worker.__file__, step, str(tmp_path / "died")]
        workers.append(
            subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
        )
        return workers[-1]

    yield start_one
    for worker in workers:
        worker.kill()
        worker.wait()


def until(condition):
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen within 60 s"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", mortal_worker.STEPS)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(step, start, tmp_path):
    event = OutboxEvent.objects.create(
        type="test.Rang", payload={"thing_id": str(uuid.uuid4())}, at=clock.now()
    )
    app.configure_task(outbox.DELIVER, queue="outbox").defer(
        event_id=str(event.id), handler="test.handle"
    )
    jobs = ProcrastinateJob.objects.filter(task_name=outbox.DELIVER)
    first = start(step)
    if step != "never":
        assert first.wait(PATIENCE_SECONDS) == -9
        assert jobs.get().status == "doing"
        assert int((tmp_path / "died").read_text()) == first.pid
        start(step)
    until(lambda: jobs.get().status == "succeeded")
    assert OutboxEvent.objects.filter(type="test.Effect").count() == 1
    assert OutboxDelivery.objects.filter(event=event).count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_nobody_resumes_the_job_without_the_sweep(start):
    event = OutboxEvent.objects.create(type="test.Rang", payload={}, at=clock.now())
    app.configure_task(outbox.DELIVER, queue="outbox").defer(
        event_id=str(event.id), handler="test.handle"
    )
    assert start("before").wait(PATIENCE_SECONDS) == -9
    assert ProcrastinateJob.objects.get(task_name=outbox.DELIVER).status == "doing"
