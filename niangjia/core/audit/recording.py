"""Writing audit entries."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.audit import chain
from niangjia.core.crypto import keys
from niangjia.core.models import AuditEntry

#: Any lane nobody holds, or the one this transaction has already.
TAKE_FREE_LANE = """
WITH taken AS MATERIALIZED (
    SELECT lane, number, mac FROM core_auditlane
    WHERE lane = coalesce(nullif(current_setting('niangjia.audit_lane', true), '')::int, lane)
    FOR UPDATE SKIP LOCKED LIMIT 1
)
SELECT lane, number, mac, uuidv7(), set_config('niangjia.audit_lane', lane::text, true) FROM taken
"""
#: More writers than lanes: wait for one.
WAIT_FOR_LANE = """
WITH taken AS MATERIALIZED (
    SELECT lane, number, mac FROM core_auditlane
    WHERE lane = pg_backend_pid() %% %s FOR UPDATE
)
SELECT lane, number, mac, uuidv7(), set_config('niangjia.audit_lane', lane::text, true) FROM taken
"""
#: So many ids are asked for at once, when a transaction records more than one entry.
IDS_AHEAD = 32
COLUMNS = (
    *("id", "at", "action", "account_id", "subject", "union_id", "person_id", "purpose"),
    *("details", "lane", "number", "key", "mac"),
)
WRITE_LINK = """
WITH moved AS (UPDATE core_auditlane SET number = %s, mac = %s WHERE lane = %s)
INSERT INTO core_auditentry (id, at, action, account_id, subject, union_id, person_id, purpose,
                             details, lane, number, key, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


# Not retried: a part of the transaction of a service, which is tried again as a whole.
@transaction.atomic(savepoint=False)
def record(
    *,
    action: str,
    by: uuid.UUID | None,
    subject: str,
    union_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that account `by` (None: the system) did `action` to `subject` ("membership:<id>").

    `person_id` is whose data it was, so that they can see it; `purpose` is required by whoever
    looks at personal data (promise 6). `details` is JSON without personal data. The entry is
    linked to the one before it in its lane (promise 9). What is written goes with the next
    statement (`core.database`).
    """
    plain = json.dumps(dict(details or {}), cls=DjangoJSONEncoder)
    at = clock.now().astimezone(dt.UTC)
    head, entry_id = next_place()
    link = chain.Link(
        lane=head.lane,
        number=head.number + 1,
        id=str(entry_id),
        at=at.isoformat(timespec="microseconds")[:26],
        action=action,
        account_id=str(by) if by else None,
        subject=subject,
        union_id=str(union_id) if union_id else None,
        person_id=str(person_id) if person_id else None,
        purpose=purpose,
        details=json.loads(plain),
    )
    key_number, key = keys.ring().current_key("audit")
    mac = chain.mac(key, head.mac, link)
    row = {**vars(link), "at": at, "details": plain, "key": key_number, "mac": mac}
    values = [link.number, mac, head.lane, *(row[name] for name in COLUMNS)]
    connection.later(WRITE_LINK, values)  # type: ignore[attr-defined]
    head.number, head.mac = link.number, mac
    entry = AuditEntry(**{**row, "id": entry_id, "details": link.details})
    entry._state.adding = False
    return entry


@dataclass
class Head:
    """The end of the lane that this transaction holds, as far as it has written it, and ids for
    the entries to come."""

    lane: int
    number: int
    mac: bytes
    ids: list[uuid.UUID]


def next_place() -> tuple[Head, uuid.UUID]:
    """The end of this transaction's lane, held until it ends, and the id of the entry to be. One
    query for the first entry, one for every some dozen more."""
    known: dict[str, Any] = connection.known  # type: ignore[attr-defined]
    head: Head | None = known.get("audit")
    with connection.cursor() as cursor:
        if head is None:
            head = known["audit"] = take_lane(cursor)
        elif not head.ids:
            cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [IDS_AHEAD])
            head.ids = [row[0] for row in cursor.fetchall()][::-1]
    return head, head.ids.pop()


def take_lane(cursor: Any) -> Head:
    """Hold a lane until the transaction ends."""
    cursor.execute(TAKE_FREE_LANE)
    found = cursor.fetchone()
    if found is None:
        cursor.execute(WAIT_FOR_LANE, [chain.LANES])
        found = cursor.fetchone()
    lane, number, mac, entry_id, _setting = found
    return Head(lane, number, bytes(mac), [entry_id])
