"""The node's database: the embedded server's, or the one NIANGJIA_DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg

from niangjia.operations import postgres
from niangjia.operations.node.home import Home

NAME = "niangjia"
URL = "NIANGJIA_DATABASE_URL"
#: Two processes that migrate at once wait for each other at this advisory lock.
MIGRATION_LOCK = 7_466_002


class Unreachable(Exception):
    """The server that NIANGJIA_DATABASE_URL names does not answer."""


def prepare(home: Home) -> bool:
    """Make the node's database answer and Django ready to use it, before its settings are read.

    Returns whether the database is embedded. Raises `Unreachable` and `postgres.CannotStart`.
    """
    os.environ["NIANGJIA_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.settings")
    home.ensure_secret_key()
    embedded = is_embedded(home)
    if embedded:
        start_embedded(home)
        os.environ[URL] = postgres.url(home.postgres, NAME)
    else:
        try:
            psycopg.connect(os.environ[URL], connect_timeout=10).close()
        except psycopg.OperationalError as error:
            raise Unreachable(str(error)) from error
    django.setup()
    ensure_keys()
    return embedded


def ensure_keys() -> None:
    """The key file is there before the first of several processes needs it."""
    from niangjia.core.crypto import keys

    keys.create(keys.path())


def is_embedded(home: Home) -> bool:
    """Whether the database is ours to start and stop."""
    return os.environ.get(URL, "") in {"", postgres.url(home.postgres, NAME)}


def start_embedded(home: Home) -> None:
    """Start the server, or find it running, with the node's database in it."""
    postgres.start(home.postgres)
    postgres.create_database(home.postgres, NAME)


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command
    from django.db import connection

    with psycopg.connect(os.environ[URL], autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def disconnect() -> None:
    """Give back every connection this process holds."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@contextmanager
def opened(home: Home, *, migrated: bool = True) -> Iterator[None]:
    """Within the block Django works on the node's database. What was started for it is stopped."""
    runs_already = postgres.is_running(home.postgres)
    embedded = prepare(home)
    try:
        if migrated:
            migrate()
        yield
    finally:
        disconnect()
        if embedded and not runs_already and not home.is_supervised():
            postgres.stop(home.postgres)
