"""Retries end, dead letters are seen, and what everyone took in is forgotten."""

import datetime as dt
import itertools
import uuid

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from niangjia.core import clock, outbox, tasks
from niangjia.core.models import OutboxDelivery, OutboxEvent
from niangjia.core.outbox import events


def wait_after(attempts):
    decision = tasks.DELIVERY_RETRY.get_retry_decision(
        exception=RuntimeError(),
        job=Job(id=1, lock=None, queueing_lock=None, task_name="x", queue="q", attempts=attempts),
    )
    return decision and (decision.retry_at - dt.datetime.now(dt.UTC)).total_seconds()


def test_a_delivery_is_tried_later_and_later_and_then_no_more():
    waits = [wait_after(attempts) for attempts in range(tasks.MAX_ATTEMPTS)]
    assert all(later > 2.5 * sooner for sooner, later in itertools.pairwise(waits))
    assert wait_after(tasks.MAX_ATTEMPTS) is None


def set_status(status):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


@pytest.mark.django_db
class TestDeadLetters:
    def test_a_delivery_that_was_given_up_is_seen_and_can_be_revived(self):
        app.configure_task(outbox.DELIVER).defer(event_id=str(uuid.uuid4()), handler="a.b")
        assert outbox.list_dead_letters() == []
        set_status("failed")
        (letter,) = outbox.list_dead_letters()
        assert letter.handler == "a.b"
        outbox.revive(letter)
        assert outbox.list_dead_letters() == []
        assert ProcrastinateJob.objects.get(id=letter.job_id).status == "todo"


@pytest.mark.django_db
class TestForgetting:
    @pytest.fixture
    def old(self, monkeypatch):
        monkeypatch.setitem(events.handlers, "test.Old", {"test.handle": lambda event: None})
        return OutboxEvent.objects.create(
            type="test.Old", payload={}, at=clock.now() - dt.timedelta(days=31)
        )

    def test_what_a_handler_still_waits_for_is_kept(self, old):
        assert outbox.forget_delivered() == 0
        assert OutboxEvent.objects.filter(pk=old.pk).exists()

    def test_what_everyone_took_in_a_month_ago_is_forgotten(self, old):
        OutboxDelivery.objects.create(event=old, handler="test.handle", at=old.at)
        assert outbox.forget_delivered() == 1
        assert not OutboxDelivery.objects.exists()

    def test_what_is_new_is_kept(self, old):
        OutboxDelivery.objects.create(event=old, handler="test.handle", at=old.at)
        assert outbox.forget_delivered(older_than_days=32) == 0
