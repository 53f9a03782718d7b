"""Writing audit entries."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from niangjia.core import clock
from niangjia.core.audit import chain
from niangjia.core.crypto import keys
from niangjia.core.database import arrays
from niangjia.core.models import AuditEntry

#: Any lane nobody holds, or the one this transaction has already.
TAKE_FREE_LANE = """
WITH taken AS MATERIALIZED (
    SELECT lane, number, mac FROM core_auditlane
    WHERE lane = coalesce(nullif(current_setting('niangjia.audit_lane', true), '')::int, lane)
    FOR UPDATE SKIP LOCKED LIMIT 1
)
SELECT lane, number, mac, ARRAY(SELECT uuidv7()::text FROM generate_series(1, %(count)s)),
       set_config('niangjia.audit_lane', lane::text, true) FROM taken
"""
#: More writers than lanes: wait for one.
WAIT_FOR_LANE = """
WITH taken AS MATERIALIZED (
    SELECT lane, number, mac FROM core_auditlane
    WHERE lane = pg_backend_pid() %% %(lanes)s FOR UPDATE
)
SELECT lane, number, mac, ARRAY(SELECT uuidv7()::text FROM generate_series(1, %(count)s)),
       set_config('niangjia.audit_lane', lane::text, true) FROM taken
"""
#: Read back as they are.
PLAIN = {str, int, bool, type(None)}
#: So many ids are asked for at once, when a transaction records more than one entry.
IDS_AHEAD = 32
WRITE_LINKS = """
WITH moved AS (UPDATE core_auditlane SET number = %s::bigint, mac = %s WHERE lane = %s)
INSERT INTO core_auditentry (id, at, action, account_id, subject, union_id, person_id, purpose,
                             details, lane, number, key, mac)
SELECT id, %s::timestamptz, action, account_id, subject, union_id, person_id, purpose, details,
       %s::smallint, number, %s::smallint, decode(mac, 'hex')
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::text[],
            %s::jsonb[], %s::bigint[], %s::text[])
     AS link (id, action, account_id, subject, union_id, person_id, purpose, details, number, mac)
"""


class Act(NamedTuple):
    """What `record` is told, to be recorded together with others."""

    action: str
    by: uuid.UUID | str | None
    subject: str
    union_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    purpose: str = ""
    details: Mapping[str, Any] = MappingProxyType({})


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
    act = Act(action, by, subject, union_id, person_id, purpose, details or {})
    (made,) = record_all([act])
    at = dt.datetime.fromisoformat(made.link.at).replace(tzinfo=dt.UTC)
    row = {**made.link._asdict(), "id": uuid.UUID(made.link.id), "at": at}
    entry = AuditEntry(**row, key=made.key_number, mac=made.mac)
    entry._state.adding = False
    return entry


# Not retried: a part of the transaction of a service, which is tried again as a whole.
@transaction.atomic(savepoint=False)
def record_all(acts: Sequence[Act]) -> list["Made"]:
    """Record what was done together, each an entry as `record` writes it, in that order, in one
    lane. However many, it is one statement, which goes with the next."""
    if not acts:
        return []
    at = clock.now().astimezone(dt.UTC).isoformat(timespec="microseconds")[:26]
    key_number, key = keys.ring().current_key("audit")
    head = lane_with_ids(len(acts))
    made = []
    for act in acts:
        link = link_of(act, head, at)
        mac = chain.mac(key, head.mac, link)
        head.number, head.mac = link.number, mac
        made.append(Made(link, key_number, mac))
    write_links(acts, made, head)
    return made


class Made(NamedTuple):
    """An entry that was made: its link, the number of the key it was made with, and its code."""

    link: chain.Link
    key_number: int
    mac: bytes


@dataclass
class Head:
    """The end of the lane that this transaction holds, as far as it has written it, and ids for
    the entries to come."""

    lane: int
    number: int
    mac: bytes
    ids: list[str]


def link_of(act: Act, head: Head, at: str) -> chain.Link:
    """An act as the next link of a lane, under an id that is used up by it."""
    return chain.Link(
        lane=head.lane,
        number=head.number + 1,
        id=head.ids.pop(),
        at=at,
        action=act.action,
        account_id=str(act.by) if act.by else None,
        subject=act.subject,
        union_id=str(act.union_id) if act.union_id else None,
        person_id=str(act.person_id) if act.person_id else None,
        purpose=act.purpose,
        details=plain(act.details) if act.details else {},
    )


def plain(details: Mapping[str, Any]) -> Any:
    """Details as they will be read back."""
    if PLAIN.issuperset(map(type, details.values())):
        return dict(details)
    return json.loads(json.dumps(dict(details), cls=DjangoJSONEncoder))


def write_links(acts: Sequence[Act], made: Sequence[Made], head: Head) -> None:
    """Write entries, and how far their lane has come with them."""
    links = [each.link for each in made]
    values = [
        *(head.number, head.mac, head.lane),
        *(f"{links[0].at}+00", head.lane, made[0].key_number),
        arrays.of_plain(link.id for link in links),
        arrays.of_texts(link.action for link in links),
        arrays.of_plain(link.account_id for link in links),
        arrays.of_texts(link.subject for link in links),
        arrays.of_plain(link.union_id for link in links),
        arrays.of_plain(link.person_id for link in links),
        arrays.of_texts(link.purpose for link in links),
        arrays.of_texts(json.dumps(link.details) if link.details else "{}" for link in links),
        arrays.of_plain(link.number for link in links),
        arrays.of_plain(each.mac.hex() for each in made),
    ]
    connection.later(WRITE_LINKS, values)  # type: ignore[attr-defined]


def lane_with_ids(count: int) -> Head:
    """The end of this transaction's lane, held until it ends, with at least `count` ids to spend.
    One query for the first entries, one for every some dozen more."""
    known: dict[str, Any] = connection.known  # type: ignore[attr-defined]
    head: Head | None = known.get("audit")
    if head and len(head.ids) >= count:
        return head
    with connection.cursor() as cursor:
        if head is None:
            head = known["audit"] = take_lane(cursor, count)
        else:
            more = max(count, IDS_AHEAD)
            cursor.execute("SELECT uuidv7()::text FROM generate_series(1, %s)", [more])
            head.ids = [row[0] for row in cursor.fetchall()][::-1] + head.ids
    return head


def take_lane(cursor: Any, count: int) -> Head:
    """Hold a lane until the transaction ends, and `count` ids."""
    given = {"count": count, "lanes": chain.LANES}
    cursor.execute(TAKE_FREE_LANE, given)
    found = cursor.fetchone()
    if found is None:
        cursor.execute(WAIT_FOR_LANE, given)
        found = cursor.fetchone()
    return head_of(found)


def head_of(row: tuple[Any, ...]) -> Head:
    """The end of a lane as it was read."""
    lane, number, mac, ids, _setting = row
    return Head(lane, number, bytes(mac), ids[::-1])


def expect_entries(count: int) -> None:
    """So many entries will be recorded in this transaction: hold a lane for them on the trip of the
    next statement. Where none is free, or nobody says so before, `record` sees to it."""
    known: dict[str, Any] = connection.known  # type: ignore[attr-defined]

    def hear(cursor: Any) -> None:
        if found := cursor.fetchone():
            known.setdefault("audit", head_of(found))

    if "audit" not in known:
        connection.later(TAKE_FREE_LANE, {"count": count}, hear)  # type: ignore[attr-defined]
