"""Writing events."""

from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.database.rows import Many
from niangjia.core.outbox.events import Event, handlers, packed, type_name

DELIVER = "niangjia.core.outbox.deliver"
QUEUE = "outbox"
GIVEN = "SELECT at, type, payload FROM json_populate_recordset(NULL::core_outboxevent, %s::json)"
EVENT = f"INSERT INTO core_outboxevent (at, type, payload) {GIVEN}"
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

    It leaves if and only if that commits (promise 21). It goes with the next statement, with others
    of its type where they wait for each other (`core.database`).
    """
    name = type_name(type(event))
    row = {"at": clock.now(), "type": name, "payload": packed(event)}
    names = tuple(handlers[name])
    kind = Many(EVENT_WITH_JOBS, (QUEUE, DELIVER, names)) if names else Many(EVENT)
    connection.row_later(kind, row)  # type: ignore[attr-defined]
