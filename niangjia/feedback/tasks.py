"""What time does. Importing the module registers the jobs with the queue."""

import datetime as dt

from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.feedback import services

BATCH = 500


@app.periodic(cron="*/5 * * * *")
@app.task(queue="keeping", queueing_lock="sweep-orders")
def sweep_orders(timestamp: int) -> int:
    """Every five minutes: remind, send orders and calls that are late one union up, end what nobody
    rated again; says how many. What fell due while no worker lived is found by its date later."""
    total = 0
    for sweep in (
        services.escalate_late_orders,
        services.remind_of_orders,
        services.close_unanswered,
        services.pass_late_calls_on,
    ):
        while moved := sweep(now=clock.now(), limit=BATCH):
            total += moved
    return total


@app.periodic(cron="23 * * * *")
@app.task(queue="keeping", queueing_lock="find-signals")
def find_signals(timestamp: int) -> int:
    """Every hour, look at today's and yesterday's ratings for signs of manipulation, and forget
    which devices those of a month ago came from; says how many signals are new."""
    now, today = clock.now(), clock.today()
    services.forget_devices(now=now)
    return sum(services.find_signals(day=today - dt.timedelta(days=ago), now=now) for ago in (0, 1))
