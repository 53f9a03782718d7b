"""What time does. Importing the module registers the jobs with the queue."""

import uuid

from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.hotline.services import paging


@app.task(name=paging.PAGE, queue="outbox")
def page(order_id: str) -> bool:
    """Page whoever is next, now."""
    return paging.page_next(order_id=uuid.UUID(order_id), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="hotline-pager")
def keep_paging(timestamp: int) -> int:
    """Every minute, go on to the next person wherever nobody has come yet. What was due while no
    worker lived is found by its moment."""
    return paging.sweep(now=clock.now())
