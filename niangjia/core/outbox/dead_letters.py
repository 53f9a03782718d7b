"""Deliveries that were given up, for whoever runs the node to see and to try again."""

import datetime as dt
import uuid
from dataclasses import dataclass

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.core import clock
from niangjia.core.outbox.publishing import DELIVER


@dataclass(frozen=True)
class DeadLetter:
    """One event that one handler could not take in, after `attempts` tries."""

    job_id: int
    event_id: uuid.UUID
    handler: str
    attempts: int
    failed_at: dt.datetime | None


def list_dead_letters(limit: int = 100) -> list[DeadLetter]:
    """The newest deliveries that ended in failure."""
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVER, status="failed").order_by("-id")
    return [
        DeadLetter(
            job_id=job.id,
            event_id=uuid.UUID(job.args["event_id"]),
            handler=job.args["handler"],
            attempts=job.attempts,
            failed_at=job.procrastinateevent_set.order_by("at").values_list("at", flat=True).last(),
        )
        for job in jobs.prefetch_related("procrastinateevent_set")[:limit]
    ]


def revive(letter: DeadLetter) -> None:
    """Try once more, from the beginning: for when the cause is gone."""
    app.job_manager.retry_job_by_id(letter.job_id, retry_at=clock.now())
