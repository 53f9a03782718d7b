"""Taking events to their handlers, each once."""

import datetime as dt
import uuid

from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.models import OutboxDelivery, OutboxEvent
from niangjia.core.outbox.events import handlers, unpacked

PENDING = """
SELECT event.id, named.handler FROM core_outboxevent event
JOIN unnest(%s::text[], %s::text[]) AS named (type, handler) ON named.type = event.type
WHERE NOT EXISTS (
    SELECT FROM core_outboxdelivery taken
    WHERE taken.event_id = event.id AND taken.handler = named.handler
)
ORDER BY event.id, named.handler COLLATE "C"
"""


# Not retried here: the job is, by `core.tasks`.
@transaction.atomic
def deliver(event_id: uuid.UUID, handler: str) -> bool:
    """Run `handler` on the event unless it has taken effect already; says whether it ran.

    The delivery's row and the handler's effect commit together (promise 21). Of two workers with
    the same job the second waits at the unique constraint for the first, and then finds nothing
    left to do. Raises whatever the handler raises, and then nothing of it stays.
    """
    event = OutboxEvent.objects.get(pk=event_id)
    _delivery, is_first = OutboxDelivery.objects.get_or_create(
        event=event, handler=handler, defaults={"at": clock.now()}
    )
    if is_first:
        handlers[event.type][handler](unpacked(event.type, event.payload))
    return is_first


def deliver_pending() -> int:
    """Deliver, here and now, whatever is waiting, until nothing is; says how many deliveries.

    For tests, the demo and repairs; a running node's worker does it by jobs.
    """
    count = 0
    while waiting := pending():
        count += sum(deliver(event_id, handler) for event_id, handler in waiting)
    return count


def pending() -> list[tuple[uuid.UUID, str]]:
    """Events and the handlers that have not taken them in yet, oldest first."""
    pairs = [(type_name, handler) for type_name, named in handlers.items() for handler in named]
    with connection.cursor() as cursor:
        cursor.execute(PENDING, [list(each) for each in zip(*pairs, strict=True)] or [[], []])
        found: list[tuple[uuid.UUID, str]] = cursor.fetchall()
    return found


def forget_delivered(older_than_days: int = 30) -> int:
    """Delete events that every handler took in and that are older; says how many.

    One that a handler still waits for, dead letters included, is never forgotten.
    """
    limit = clock.now() - dt.timedelta(days=older_than_days)
    waiting = {event_id for event_id, _handler in pending()}
    old = OutboxEvent.objects.filter(at__lt=limit).exclude(id__in=waiting)
    return old.delete()[1].get("core.OutboxEvent", 0)
