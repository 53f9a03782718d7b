"""The node's database: the embedded server's, or the one NIANGJIA_DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django
import psycopg
from psycopg.conninfo import conninfo_to_dict

from niangjia.operations import postgres
from niangjia.operations.node import roles
from niangjia.operations.node.home import Home

NAME = "niangjia"
#: As whom everything that serves people connects. When it is all a node is told, it is the owner's,
#: and `prepare` puts the app's in its place.
URL = "NIANGJIA_DATABASE_URL"
#: As whom tables are made, backed up and restored. No process that serves is told.
OWNER_URL = "NIANGJIA_DATABASE_OWNER_URL"
#: Two processes that migrate at once wait for each other at this advisory lock.
MIGRATION_LOCK = 7_466_002


class Unreachable(Exception):
    """The server that NIANGJIA_DATABASE_URL names does not answer, or it names none."""


def prepare(home: Home) -> bool:
    """Make the node's database answer and Django ready to use it, as the app.

    Returns whether the database is embedded. Raises `Unreachable`, `postgres.CannotStart` and
    `roles.WrongRole`.
    """
    os.environ["NIANGJIA_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.settings")
    home.ensure_secret_key()
    embedded = is_embedded(home)
    if embedded:
        start_embedded(home)
        os.environ[OWNER_URL] = os.environ[URL] = postgres.url(home.postgres, NAME)
    os.environ.setdefault(OWNER_URL, os.environ[URL])
    django.setup()
    ensure_keys()
    try:
        if os.environ[URL] == os.environ[OWNER_URL]:
            os.environ[URL] = roles.app_url(os.environ[OWNER_URL])
        roles.check(os.environ[URL])
    except psycopg.OperationalError as error:
        raise Unreachable(str(error)) from error
    connect_as(os.environ[URL])
    return embedded


def ensure_keys() -> None:
    """The key file is there before the first of several processes needs it."""
    from niangjia.core.crypto import keys

    keys.create(keys.path())


def is_embedded(home: Home) -> bool:
    """Whether the database is ours to start and stop. Raises `Unreachable`."""
    try:
        named = conninfo_to_dict(os.environ.get(URL, ""))
    except psycopg.ProgrammingError as error:
        raise Unreachable(f"{URL} cannot be read: {error}".strip()) from error
    ours = conninfo_to_dict(postgres.url(home.postgres, NAME))
    return not named or all(named.get(part) == ours[part] for part in ("host", "dbname"))


def start_embedded(home: Home) -> None:
    """Start the server, or find it running, with the node's database in it."""
    postgres.start(home.postgres)
    postgres.create_database(home.postgres, NAME)


def migrate() -> None:
    """Bring the tables up to date."""
    with migrating():
        make_tables()


def make_tables() -> None:
    """Bring the tables up to date as their owner, which is what Django connects as."""
    from django.core.management import call_command

    with quick_at_first():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def quick_at_first() -> Iterator[None]:
    """Within the block Django's command `migrate` makes the tables of a database that has none in a
    way of its own, in a fifth of the time."""
    from django.db import connection

    from niangjia.operations.node import first_tables

    is_first = not connection.introspection.table_names()
    with first_tables.few_classes() if is_first else nullcontext():
        yield


@contextmanager
def migrating() -> Iterator[None]:
    """Within the block Django may change tables, as their owner, and nobody else does at the same
    time; afterwards the app may use them, and the database knows the keys it believes it by."""
    with psycopg.connect(os.environ[OWNER_URL], autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        with as_owner():
            yield
        settle(owner)


def settle(owner: "psycopg.Connection[tuple[object, ...]]") -> None:
    """What follows every migration, backward ones included."""
    from niangjia.core import protection

    roles.grant(owner, str(conninfo_to_dict(os.environ[URL])["user"]))
    if owner.execute("SELECT to_regclass('public.core_scopekey')").fetchone() != (None,):
        protection.publish_keys(owner)


@contextmanager
def as_owner() -> Iterator[None]:
    """Within the block Django works as the tables' owner: for migrations, and for what must see
    every row. Not inside a transaction, and not beside other threads."""
    from django.db import connection

    if connection.in_atomic_block:
        raise RuntimeError("in the middle of a transaction nobody becomes somebody else")
    connect_as(os.environ[OWNER_URL])
    try:
        yield
    finally:
        connect_as(os.environ[URL])


def connect_as(url: str) -> None:
    """Let Django connect with `url` from now on."""
    from django.db import connection

    from niangjia.settings import database_from

    disconnect()
    connection.settings_dict.update(database_from(url))


def disconnect() -> None:
    """Give back every connection this process holds."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@contextmanager
def opened(home: Home, *, migrated: bool = True) -> Iterator[None]:
    """Within the block Django works on the node's database. What was started for it is stopped."""
    runs_already = postgres.is_running(home.postgres)
    embedded = is_embedded(home)
    try:
        prepare(home)
        if migrated:
            migrate()
        yield
    finally:
        disconnect()
        if embedded and not runs_already and not home.is_supervised():
            postgres.stop(home.postgres)
