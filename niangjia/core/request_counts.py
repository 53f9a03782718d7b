"""How often somebody asked within a minute, by all processes together."""

from django.db import connection

from niangjia.core import clock
from niangjia.core.crypto import digest
from niangjia.core.models import RequestCount


def add(*, who: str, minute: int, count: int) -> int:
    """Add `count` requests of `who` in `minute` (since 1970); the total so far.

    One statement, for one row. The table has only a keyed digest of an account or address, is
    emptied every hour, and is not logged: after a crash everybody starts from nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_requestcount (who, minute, count) VALUES (%s, %s, %s) "
            "ON CONFLICT (who, minute) DO UPDATE "
            "SET count = core_requestcount.count + EXCLUDED.count RETURNING count",
            [digest("request-count", who), minute, count],
        )
        total: int = cursor.fetchone()[0]
    return total


def forget() -> int:
    """Delete the counts of past minutes; says how many."""
    minute = int(clock.now().timestamp()) // 60
    return RequestCount.objects.filter(minute__lt=minute - 1).delete()[0]
