"""What time does. Importing the module registers the jobs with the queue."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.hotline.services import asking, months, paging

RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name=paging.PAGE, queue="outbox")
def page(order_id: str) -> bool:
    """Page whoever is next, now."""
    return paging.page_next(order_id=uuid.UUID(order_id), now=clock.now())


@app.task(name=asking.TEXT, queue="keeping", retry=RETRY)
def text_link(order_id: str) -> bool:
    """Send somebody the link by which they rate."""
    return asking.text_link(order_id=uuid.UUID(order_id), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="keeping", queueing_lock="hotline-pager")
def keep_paging(timestamp: int) -> int:
    """Every minute, go on to the next person wherever nobody has come yet. What was due while no
    worker lived is found by its moment."""
    return paging.sweep(now=clock.now())


@app.periodic(cron="40 19 * * *")
@app.task(queue="keeping", queueing_lock="hotline-months")
def tell_months(timestamp: int) -> int:
    """Each night (3:40 in China), the months that can be told by now."""
    return months.tell_months(now=clock.now())
