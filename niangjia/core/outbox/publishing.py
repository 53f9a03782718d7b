"""Writing events."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from niangjia.core import clock, prepared
from niangjia.core.models import OutboxEvent
from niangjia.core.outbox.events import Event, handlers, packed, type_name

DELIVER = "niangjia.core.outbox.deliver"


# Not retried: a part of the transaction of a service, which is tried again as a whole.
@transaction.atomic(savepoint=False)
def publish(event: Event) -> OutboxEvent:
    """Write `event`, and a job for each of its handlers, in the caller's transaction.

    It leaves if and only if that commits (promise 21). What nobody wants to hear of has no id yet.
    """
    row = OutboxEvent(type=type_name(type(event)), payload=packed(event), at=clock.now())
    if not handlers[row.type]:
        prepared.write_later(row)
        return row
    row.save(force_insert=True)
    jobs: list[dict[str, JSONValue]] = [
        {"event_id": str(row.id), "handler": name} for name in handlers[row.type]
    ]
    app.configure_task(DELIVER, queue="outbox").batch_defer(*jobs)
    return row
