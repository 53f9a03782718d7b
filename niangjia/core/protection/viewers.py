"""Telling the database who is looking, for the length of a block."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from niangjia.core.protection import tokens

DECLARE = "SELECT core_view(%s::text, %s::text, %s::bigint, %s::text, %s::bytea)"
RESTORE = "SELECT set_config('niangjia.viewer', %s, true)"


def viewing(
    *, account: uuid.UUID | None = None, receipt: bytes | None = None
) -> AbstractContextManager[None]:
    """Within the block the database shows what this viewer may see: an account by its id, or
    whoever holds an anonymous receipt, by the receipt's digest. Exactly one of the two.

    Outside a transaction it opens one, which is the block, and nothing is left for whoever has the
    connection next. Inside one the viewer from before looks again after the block. Either is said
    with the statement that follows (`core.database`). Querysets must be read before the block ends.
    A service that writes opens it inside its own `transactions.atomic`, so that the whole is tried
    again.
    """
    if (account is None) == (receipt is None):
        raise ValueError("a viewer is an account or a receipt")
    if account is not None:
        return looking("account", str(account))
    assert receipt is not None  # noqa: S101 - said above
    return looking("receipt", receipt.hex())


def working(name: str) -> AbstractContextManager[None]:
    """Within the block background work `name` ("cases.sweep") sees what policies show to it."""
    return looking("work", name)


@contextmanager
def looking(kind: str, subject: str) -> Iterator[None]:
    """See `viewing`. The first statement in the block raises what the database says when it does
    not believe the token: an unknown key, clocks apart."""
    within = connection.in_atomic_block
    with nullcontext() if within else transaction.atomic():
        declared = declare(kind, subject)
        try:
            yield
        finally:
            if within:
                restore(declared)


@dataclass
class Declared:
    """Who looks from the next statement on; `before` is the setting as it was, once it is said."""

    before: str | None = None

    def hear(self, cursor: Any) -> None:
        """What the database answers."""
        self.before = cursor.fetchone()[0]


def declare(kind: str, subject: str) -> Declared:
    """Say who is looking, on the trip of the next statement. Values travel apart from it: written
    into the statement, the token would stand in pg_stat_activity for all our sessions."""
    connection.ensure_connection()
    session = connection.connection.info
    token = tokens.sign(kind, subject, pid=session.backend_pid, database=session.dbname)
    declared = Declared()
    connection.later(  # type: ignore[attr-defined]
        DECLARE,
        [token.kind, token.subject, token.expires, token.key_number, token.code],
        declared.hear,
    )
    return declared


def restore(declared: Declared) -> None:
    """Let the viewer from before look again; a seal is worth nothing outside its transaction. Where
    nothing was asked meanwhile, nobody has looked."""
    connection.line_up_rows()  # type: ignore[attr-defined]
    waiting = connection.waiting  # type: ignore[attr-defined]
    if waiting and waiting[-1].heard == declared.hear:
        waiting.pop()
    elif not is_broken():
        if declared.before is None:
            connection.send_waiting()  # type: ignore[attr-defined]
        connection.later(RESTORE, [declared.before])  # type: ignore[attr-defined]


def is_broken() -> bool:
    """Whether the transaction can only be rolled back, which undoes the setting by itself."""
    driver = connection.connection
    return (
        connection.needs_rollback
        or driver is None
        or driver.info.transaction_status not in (TransactionStatus.INTRANS, TransactionStatus.IDLE)
    )
