"""Background jobs of the lowest room."""

import uuid

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from niangjia.core import audit, idempotency, outbox, request_counts

#: 3, 9, 27, 81 … seconds: nine tries over some three hours, then it is a dead letter.
MAX_ATTEMPTS = 8
DELIVERY_RETRY = RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=3)


@app.task(name=outbox.DELIVER, queue="outbox", retry=DELIVERY_RETRY)
def deliver(event_id: str, handler: str) -> None:
    """Take one event to one handler."""
    outbox.deliver(uuid.UUID(event_id), handler)


@app.periodic(cron="* * * * * */10")
@app.task(queue="keeping", queueing_lock="resume", pass_context=True)
async def resume_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of dead workers to a living one (promise 22: within 60 s).

    A worker that has not been heard of for `stalled_worker_timeout` counts as dead: that, its
    heartbeat and this job's ten seconds stay below the minute. A job that killed its workers
    `MAX_ATTEMPTS` times is given up and stays as a dead letter.
    """
    manager = context.app.job_manager
    timeout = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=timeout):
        if job.attempts < MAX_ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="17 19 * * *")
@app.task(queue="keeping", queueing_lock="clean", pass_context=True)
async def clean_up(context: JobContext, timestamp: int) -> None:
    """Each night (3:17 in China), forget events that everyone took in a month ago, and jobs and
    answers after a day."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24)
    await sync_to_async(outbox.forget_delivered)()
    await sync_to_async(idempotency.forget_expired)()


@app.periodic(cron="7 * * * *")
@app.task(queue="keeping", queueing_lock="counts")
def forget_counts(timestamp: int) -> None:
    """Forget hourly who asked the API how often."""
    request_counts.forget()


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="checkpoint")
def checkpoint_audit(timestamp: int) -> None:
    """Sign the heads of the audit chain each minute (promise 9)."""
    audit.write_checkpoint()
