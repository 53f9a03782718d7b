"""Django loads `base.DatabaseWrapper` from the package that the setting ENGINE names."""

import datetime as dt
import select
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import DatabaseError
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, ExecStatus
from psycopg_pool import ConnectionPool

from niangjia.core.database.moments import quick
from niangjia.core.database.rows import Many


def check(connection: psycopg.Connection[Any]) -> None:
    """Raise what psycopg raises if the server has hung up on this idle connection.

    A server says nothing to an idle client but goodbye. So only when there is something to read is
    the server asked whether it is still there, and not at every request, where the question would
    cost as much as a small query.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)


Values = Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """One statement with its values; `heard` is given its cursor once it is done, and may raise."""

    sql: str
    params: Values
    heard: Callable[[Any], None] | None = None


class ReadyCursor(base.ServerBindingCursor):
    """A cursor whose statements the server keeps ready, once it has planned them, for as long as
    the session lasts. Values travel apart from them, so that they stand in no list of what sessions
    are doing."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **(options | {"prepare": True}))  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper around a pool that uses `check`, with statements that wait for company.

    What a transaction writes and asks nothing back of (an audit entry, an event, a notice) need not
    cost a trip to the database each: `later` keeps it, and it goes on one trip, in order, before
    whatever is said next. Nobody can tell the difference but by the clock: nothing is read, and
    nothing commits, before it is written. Within `rows_together` what waits are rows as well, and
    those of one kind go as one statement.
    """

    _connection_pools: dict[str, ConnectionPool]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.waiting: list[Statement] = []
        #: Rows that wait for others of their kind, in the order of the kinds; None outside.
        self.rows: dict[Many, list[Mapping[str, Any]]] | None = None
        #: What somebody has learnt about this transaction, until it ends or a part is taken back.
        self.known: dict[str, Any] = {}
        self.execute_wrappers.append(self._after_what_waits)

    def later(self, sql: str, params: Values, heard: Callable[[Any], None] | None = None) -> None:
        """Have one statement done before the next, or before the transaction ends. `heard` is then
        given its cursor and may raise. Outside a transaction it is done at once."""
        self.line_up_rows()
        self.waiting.append(Statement(sql, params, heard))
        if not self.in_atomic_block:
            self.send_waiting()

    @contextmanager
    def rows_together(self) -> Iterator[None]:
        """Within the block rows wait for others of their kind, and go as one statement a kind: when
        anything else is said, or when the block ends. Of two kinds the one that was first goes
        first, so no row may need one of another kind that began to wait after its own did. Only
        within a transaction."""
        if self.rows is not None or not self.in_atomic_block:
            raise RuntimeError("rows wait for each other in one transaction, and in one block")
        self.rows = {}
        try:
            yield
            self.line_up_rows()
        finally:
            self.rows = None

    def row_later(self, kind: Many, row: Mapping[str, Any]) -> None:
        """Have a row written later; within `rows_together` with the others of its kind."""
        if self.rows is None:
            self.later(kind.sql, kind.params([row]), kind.refusal(1))
        else:
            self.rows.setdefault(kind, []).append(row)

    def line_up_rows(self) -> None:
        """Let the rows that wait for others of their kind wait for them no longer."""
        if self.rows:
            lists, self.rows = self.rows, {}
            for kind, rows in lists.items():
                heard = kind.refusal(len(rows))
                self.waiting.append(Statement(kind.sql, kind.params(rows), heard))

    def send_waiting(self) -> None:
        """Do what waits, all at once."""
        self.together()

    def send_last(self) -> None:
        """Do what waits, and commit on the same trip, so that what is held is not held while this
        process wakes up. Nothing may be said after it but the end of the transaction. What `heard`
        raises comes too late. Within somebody else's transaction it commits nothing."""
        if len(self.atomic_blocks) == 1:
            self.waiting.append(Statement("COMMIT", ()))
            self.known.clear()
        self.send_waiting()

    def together(self, *asked: tuple[str, Values]) -> list[list[tuple[Any, ...]]]:
        """What waits, and then what is asked, on one trip; the rows of each that was asked."""
        self.line_up_rows()
        trip = [*self.waiting, *(Statement(sql, params) for sql, params in asked)]
        self.waiting = []
        if not trip:
            return []
        cursors = self._sent(trip)
        for statement, cursor in zip(trip, cursors, strict=True):
            if statement.heard is not None:
                statement.heard(cursor)
        return [cursor.fetchall() for cursor in cursors[len(trip) - len(asked) :]]

    def word(self, sql: str) -> str:
        """The one word that a statement without values is answered with, past the cursor: for what
        is asked at every request, where making and reading a cursor costs more than the answer."""
        self.send_waiting()
        self.validate_no_broken_transaction()
        self.ensure_connection()
        began = time.monotonic()
        with self.wrap_database_errors:
            driver: psycopg.Connection[Any] = self.connection
            line = driver.pgconn
            result = line.exec_(sql.encode())
            if line.status != ConnStatus.OK:
                raise psycopg.OperationalError(line.get_error_message())
            if result.status != ExecStatus.TUPLES_OK:
                raise psycopg.errors.error_from_result(result)
        if self.queries_logged:
            took = time.monotonic() - began
            self.queries_log.append({"sql": sql, "time": f"{took:.3f}"})
        return (result.get_value(0, 0) or b"").decode()

    def _sent(self, trip: Sequence[Statement]) -> list[Any]:
        """The cursors of statements that were sent one behind the other, without waiting for the
        answer of each: what the first one says holds for the second."""
        self.validate_no_broken_transaction()
        self.ensure_connection()
        began = time.monotonic()
        driver: psycopg.Connection[Any] = self.connection
        in_one_go = driver.pipeline() if len(trip) > 1 else nullcontext()
        with self.wrap_database_errors, in_one_go:
            cursors = [ReadyCursor(driver).execute(each.sql, each.params) for each in trip]  # type: ignore[call-arg]
        if self.queries_logged:
            said = "; ".join(self.ops.compose_sql(each.sql, each.params) for each in trip)
            took = time.monotonic() - began
            self.queries_log.append({"sql": said, "time": f"{took:.3f}"})
        return cursors

    def _after_what_waits(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        self.send_waiting()
        return execute(sql, params, many, context)

    def _commit(self) -> None:
        try:
            self.send_waiting()
        except DatabaseError:
            raise
        except Exception:
            # Django rolls back for errors of the database alone.
            self._rollback()
            raise
        self.known.clear()
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self.forget()
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        # What was said before the savepoint went before it.
        self.forget()
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def forget(self) -> None:
        """Nothing of what waits is said any more, and nothing that was known is sure."""
        self.waiting.clear()
        self.known.clear()
        if self.rows:
            self.rows = {}

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self.timezone is dt.UTC:
            params["context"] = quick(params["context"])
        return params

    def close(self) -> None:
        self.forget()
        super().close()

    @property
    def pool(self) -> ConnectionPool | None:
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        if self.alias not in self._connection_pools:
            pool = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._configure_connection,  # type: ignore[attr-defined]
                check=check,
                **options,
            )
            # Of several threads that come here at once, the first one's pool is everybody's.
            self._connection_pools.setdefault(self.alias, pool)
        return self._connection_pools[self.alias]

    def ready_cursor(self) -> Any:
        """A cursor for statements that are said so often that planning them each time is what they
        cost. Lists are given as `arrays` write them, and cast there."""
        self.ensure_connection()
        cursor = ReadyCursor(self.connection)  # type: ignore[call-arg]
        return self._prepare_cursor(cursor)  # type: ignore[attr-defined]
