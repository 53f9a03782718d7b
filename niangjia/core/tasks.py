"""Background jobs of the lowest room."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from niangjia.core import outbox

#: 3, 9, 27, 81 … seconds: nine tries over some eight hours, then it is a dead letter.
DELIVERY_RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name=outbox.DELIVER, queue="outbox", retry=DELIVERY_RETRY)
def deliver(event_id: str, handler: str) -> None:
    """Take one event to one handler."""
    outbox.deliver(uuid.UUID(event_id), handler)
