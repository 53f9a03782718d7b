"""What time does. Importing the module registers the jobs with the queue."""

import uuid

from procrastinate.contrib.django import app

from niangjia.allocation import services
from niangjia.allocation.services import openings
from niangjia.core import clock


@app.task(name=openings.DECIDE, queue="outbox")
def decide_opening(pool_id: str) -> bool:
    """The opening seconds of a pool are over."""
    return openings.decide(uuid.UUID(pool_id), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="sweep-pools")
def sweep_pools(timestamp: int) -> dict[str, int]:
    """Every minute: offers and holds that were not confirmed go on, shares flow back, pools close.
    What fell due while no worker lived is found by its time later."""
    return services.sweep(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="seal-draws")
def seal_draws(timestamp: int) -> int:
    """Every minute: the lists of pools that have closed are sealed and published."""
    return services.seal_due(now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="keeping", queueing_lock="remind-of-draws")
def remind_of_draws(timestamp: int) -> int:
    """Every ten minutes: draws that wait for an officer are brought to their minds, daily."""
    return services.remind_of_draws(now=clock.now())
