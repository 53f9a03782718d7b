"""Substitutes begin and end by themselves."""

from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.members.services.lending import arrange


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="substitutes")
def arrange_substitutes(timestamp: int) -> int:
    """Every minute, lend and take back posts; says how many changed. Nothing is lent a moment too
    long by a worker that sleeps: a lent post knows its own end."""
    return arrange(now=clock.now())
