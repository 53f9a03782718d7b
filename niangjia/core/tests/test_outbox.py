"""Events: written with their cause, and each taken in once by each handler."""

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.core import outbox
from niangjia.core.models import OutboxDelivery, OutboxEvent
from niangjia.core.outbox import events


@dataclass(frozen=True)
class SomethingHappened(outbox.Event):
    thing_id: uuid.UUID
    date: dt.date
    note: str | None = None


@pytest.fixture
def heard(monkeypatch):
    """What two handlers were told, in order."""
    told = []
    monkeypatch.setattr(events, "types", {})
    monkeypatch.setattr(events.handlers, "default_factory", dict)
    before = dict(events.handlers)
    events.handlers.clear()

    @outbox.subscribe(SomethingHappened)
    def first(event):
        told.append(("first", event))

    @outbox.subscribe(SomethingHappened)
    def second(event):
        if event.note == "bad":
            raise RuntimeError(event.note)
        told.append(("second", event))

    yield told
    events.handlers.clear()
    events.handlers.update(before)


EVENT = SomethingHappened(thing_id=uuid.uuid4(), date=dt.date(2026, 5, 1))


def published(event):
    """The row of an event."""
    outbox.publish(event)
    return OutboxEvent.objects.latest("id")


@pytest.mark.django_db
class TestOutbox:
    def test_each_handler_hears_the_same_fact_once(self, heard):
        outbox.publish(EVENT)
        assert outbox.deliver_pending() == 2
        assert outbox.deliver_pending() == 0
        assert sorted(heard, key=lambda pair: pair[0]) == [("first", EVENT), ("second", EVENT)]

    def test_a_repeated_delivery_has_no_second_effect(self, heard):
        row = published(EVENT)
        (name, *_) = events.handlers[row.type]
        assert [outbox.deliver(row.id, name) for _ in range(3)] == [True, False, False]
        assert len(heard) == 1

    def test_control_without_the_delivery_row_it_would(self, heard):
        row = published(EVENT)
        (name, *_) = events.handlers[row.type]
        outbox.deliver(row.id, name)
        OutboxDelivery.objects.all().delete()
        assert outbox.deliver(row.id, name)
        assert len(heard) == 2

    def test_a_handler_that_fails_leaves_nothing_and_may_try_again(self, heard):
        row = published(SomethingHappened(uuid.uuid4(), dt.date(2026, 5, 1), note="bad"))
        name = list(events.handlers[row.type])[1]
        for _ in range(2):
            with pytest.raises(RuntimeError), transaction.atomic():
                outbox.deliver(row.id, name)
        assert not OutboxDelivery.objects.exists()

    def test_one_job_a_handler_is_deferred_with_the_event(self, heard):
        row = published(EVENT)
        jobs = ProcrastinateJob.objects.filter(task_name=outbox.DELIVER)
        assert sorted(job.args["handler"] for job in jobs) == sorted(events.handlers[row.type])
        assert {job.args["event_id"] for job in jobs} == {str(row.id)}

    def test_jobs_are_those_that_procrastinate_itself_would_write(self, heard):
        row = published(EVENT)
        jobs = [{"event_id": str(row.id), "handler": name} for name in events.handlers[row.type]]
        app.configure_task(outbox.DELIVER, queue="outbox").batch_defer(*jobs)
        columns = [f.name for f in ProcrastinateJob._meta.fields if f.name not in ("id", "worker")]
        ours_and_theirs = list(ProcrastinateJob.objects.order_by("id").values(*columns))
        assert ours_and_theirs[:2] == ours_and_theirs[2:]

    def test_an_event_and_its_jobs_go_with_what_comes_next(self, heard, django_assert_num_queries):
        with transaction.atomic(), django_assert_num_queries(2):
            outbox.publish(EVENT)
            outbox.publish(EVENT)
            assert OutboxEvent.objects.count() == 2

    def test_what_is_rolled_back_never_happened(self, heard):
        with transaction.atomic():
            outbox.publish(EVENT)
            transaction.set_rollback(True)
        assert not OutboxEvent.objects.exists()
        assert not ProcrastinateJob.objects.filter(task_name=outbox.DELIVER).exists()

    def test_an_event_nobody_asked_for_costs_no_job(self, heard):
        events.handlers.clear()
        outbox.publish(EVENT)
        assert not ProcrastinateJob.objects.filter(task_name=outbox.DELIVER).exists()
