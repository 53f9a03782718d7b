"""Django loads `base.DatabaseWrapper` from the package that the setting ENGINE names."""

import select
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


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


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper around a pool that uses `check`."""

    _connection_pools: dict[str, ConnectionPool]

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

    def bound_cursor(self) -> Any:
        """A cursor whose parameters travel apart from the statement, so that they stand in no list
        of what sessions are doing. Counted and shown like any other."""
        self.ensure_connection()
        cursor = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]
        return self._prepare_cursor(cursor)  # type: ignore[attr-defined]
