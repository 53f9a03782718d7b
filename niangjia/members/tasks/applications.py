"""Late applications go up by themselves."""

from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.members import services

BATCH = 500


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="climb")
def climb(timestamp: int) -> int:
    """Every five minutes, send what is late one union up; says how many went.

    Nothing depends on the minute: what was due while no worker lived is found by its date when
    one lives again. Batches go on until none is left.
    """
    total = 0
    while moved := services.escalate_late_applications(now=clock.now(), limit=BATCH):
        total += moved
    return total
