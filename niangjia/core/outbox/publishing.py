"""Writing events."""

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from niangjia.core import clock
from niangjia.core.outbox.events import Event, handlers, packed, type_name

DELIVER = "niangjia.core.outbox.deliver"
QUEUE = "outbox"
EVENT = "INSERT INTO core_outboxevent (at, type, payload) VALUES (%s, %s, %s)"
# As procrastinate's own `batch_defer` writes jobs, whose ids nobody here has to know; a test
# compares the two.
EVENT_WITH_JOBS = f"""
WITH event AS ({EVENT} RETURNING id)
SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
    %s, %s, 0, NULL, NULL, jsonb_build_object('event_id', event.id, 'handler', handler), NULL
)::procrastinate_job_to_defer_v1))
FROM event, unnest(%s::text[]) AS handler
"""  # noqa: S608 - parts of ours; values are passed


# Not retried: a part of the transaction of a service, which is tried again as a whole.
@transaction.atomic(savepoint=False)
def publish(event: Event) -> None:
    """Write `event`, and a job for each of its handlers, in the caller's transaction.

    It leaves if and only if that commits (promise 21). It goes with the next statement
    (`core.database`).
    """
    name = type_name(type(event))
    row = [clock.now(), name, Jsonb(packed(event))]
    if names := list(handlers[name]):
        connection.later(EVENT_WITH_JOBS, [*row, QUEUE, DELIVER, names])  # type: ignore[attr-defined]
    else:
        connection.later(EVENT, row)  # type: ignore[attr-defined]
