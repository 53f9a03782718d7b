"""Writing to the ledger of figures."""

import uuid
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict

# The key-share lock waits for a dissolution in progress and then looks again: nothing is ever
# added to a union whose dissolution has just found it empty.
COUNT = """
    WITH open_union AS (
        SELECT id FROM organisations_union
        WHERE id = %s AND (status <> 'dissolved' OR %s < 0)
        FOR KEY SHARE
    )
    INSERT INTO organisations_figurechange (union_id, metric, change)
    SELECT id, %s::text, %s::integer FROM open_union
"""


def count(*, union_id: uuid.UUID, metric: str, change: int) -> None:
    """Add `change` to what `union_id` and everything above it count as `metric`.

    Call it in the transaction of the cause: the count exists if and only if the cause does. It
    only ever inserts, so writers never wait for each other. It goes with the next statement, which
    raises `Conflict` when something is added to a dissolved union (`core.database`).
    """
    if change == 0:
        return
    connection.later(  # type: ignore[attr-defined]
        COUNT, [union_id, change, metric, change], refuse_unwritten
    )


def refuse_unwritten(cursor: Any) -> None:
    """Raise `Conflict` when a count found no union to be written for."""
    if cursor.rowcount == 0:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
