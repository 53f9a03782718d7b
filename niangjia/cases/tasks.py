"""The clock runs by itself."""

from procrastinate.contrib.django import app

from niangjia.cases import services
from niangjia.cases.services.sweeping import BATCH
from niangjia.core import clock


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="case-clock")
def sweep(timestamp: int) -> int:
    """Every minute, see to the cases whose clock has come up; says how many.

    Nothing depends on the minute: what came up while no worker lived is found by its moment.
    """
    total = 0
    while done := services.sweep(now=clock.now(), limit=BATCH):
        total += done
    return total
