"""The tests' database: one migrated template, of which every worker uses a copy of its own.

A pytest plugin. It starts an embedded PostgreSQL before Django reads its settings (or uses the
server that NIANGJIA_DATABASE_URL names), migrates once per state of the migrations, and copies.
After a test that commits, the copy is made anew: emptying tables would lose what migrations put
in, miss the job queue's tables, and be refused by the audit chain.

Tests are the app, as everything that serves is, and row-level security binds them (promise 2). What
only the owner may do takes the fixture `as_owner` for the whole test, or `owner` beside it.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import TransactionTestCase
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from niangjia.core.crypto import keys
from niangjia.operations import postgres
from niangjia.operations.node import database, roles
from niangjia.operations.postgres.programs import account_for

ROOT = Path(__file__).parent.parent
DATA = ROOT / "var" / "test-postgres"
HOME = ROOT / "var" / "test-home"
#: Of the tests alone: on a server that a node uses as well, the node's account keeps its password.
APP = "niangjia_test_app"
TEMPLATE_LOCK = 7_466_001
#: Where files are made at no cost. A copy has some thousand, and a disk makes them slowly: ext4
#: seeks numbers that no file has had these last seconds, which was half the time of such tests.
MEMORY = Path("/dev/shm")  # noqa: S108 - not for a file of a name that others know
ROOM_BYTES = 2 << 30
held = pytest.StashKey[int]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    os.environ.setdefault("NIANGJIA_HOME", str(HOME))
    # Static files are read where they lie, so that no test sees yesterday's.
    os.environ["NIANGJIA_COLLECTED"] = "no"
    # How long to wait for a lock is for each test to say, also once one has loaded the web server.
    os.environ["NIANGJIA_LOCK_TIMEOUT"] = ""
    # Tests with barriers hold one connection per thread.
    os.environ.setdefault("NIANGJIA_POOL", "40")
    keys.create(Path(os.environ["NIANGJIA_HOME"]) / "keys.json")
    if database.URL not in os.environ:
        early_config.stash[held] = hold(DATA)
        os.environ[database.URL] = postgres.start(DATA, durable=False)
    os.environ.setdefault(database.OWNER_URL, os.environ[database.URL])


def pytest_configure():
    TransactionTestCase._fixture_teardown = lambda self: copy_template()


def pytest_unconfigure(config):
    if (handle := config.stash.get(held, None)) is not None:
        release(handle, DATA)


def hold(data):
    """Join those who use the server; waits while the last of others is stopping it."""
    data.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(data.with_name(f"{data.name}.users"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def release(handle, data):
    """Whoever leaves last stops the server, also one that a killed run left behind."""
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        postgres.stop(data)
    os.close(handle)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Replaces pytest-django's: a copy of the template instead of running the migrations."""
    with django_db_blocker.unblock():
        os.environ[database.URL] = roles.app_url(os.environ[database.OWNER_URL], APP)
        database.connect_as(os.environ[database.URL])
        drop_leftovers()
        ensure_template()
        copy_template()
        yield
        connections["default"].close_pool()
        with administration() as connection:
            drop(connection, own_name())
            drop_space(connection, own_name())


def administration():
    """The owner's connection outside the databases that are made and dropped."""
    return owners_connection("postgres")


def owners_connection(name):
    return psycopg.connect(os.environ[database.OWNER_URL], autocommit=True, dbname=name)


@pytest.fixture
def owner(db):
    """A connection of the owner's beside Django's, which sees what the test has committed."""
    with owners_connection(own_name()) as connection:
        yield connection


@pytest.fixture
def as_owner(django_db_setup, django_db_blocker):
    """In place of `django_db`: the test's transaction is the owner's, who may switch guards off."""
    with django_db_blocker.unblock(), database.as_owner(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def template_name():
    """Named after everything the migrations depend on, so that a change makes a new one."""
    digest = hashlib.sha256(f"{APP} {keys.ring().keys['scope']}".encode())
    for file in sorted(ROOT.glob("niangjia/*/migrations/*.py")):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    for file in (
        "requirements/base.txt",
        "niangjia/settings.py",
        "niangjia/operations/node/roles.py",
        "niangjia/operations/node/first_tables.py",
    ):
        digest.update((ROOT / file).read_bytes())
    return f"test_template_{digest.hexdigest()[:16]}"


def own_name():
    """The database of this process."""
    return f"test_{os.getpid()}"


def use(name):
    """Point Django, and commands that tests run, at a database; pooled connections are closed."""
    connection = connections["default"]
    connection.close()
    connection.close_pool()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    for variable in (database.URL, database.OWNER_URL):
        os.environ[variable] = make_conninfo(os.environ[variable], dbname=name)


def databases(connection, prefix):
    """The names of existing databases that begin with `prefix`."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    )
    return [name for (name,) in rows]


def drop(connection, name):
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def drop_leftovers():
    """Databases of runs that were killed."""
    with administration() as connection:
        for name in databases(connection, "test_"):
            owner = name.removeprefix("test_")
            if is_gone(owner):
                drop(connection, name)
        rows = connection.execute("SELECT spcname FROM pg_tablespace").fetchall()
        folders = [(folder.name.removeprefix("niangjia-"),) for folder in MEMORY.glob("niangjia-*")]
        for (name,) in {*rows, *folders}:
            if name.startswith("test_") and is_gone(name.removeprefix("test_")):
                drop_space(connection, name)


def is_gone(process):
    return process.isdigit() and not psutil.pid_exists(int(process))


@cache
def own_space():
    """Where this process's copies lie: in the machine's memory, if the server is the tests' own and
    there is room; else where the server puts them."""
    host = conninfo_to_dict(os.environ[database.OWNER_URL]).get("host")
    is_ours = host == conninfo_to_dict(postgres.url(DATA)).get("host")
    if not is_ours or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        return "pg_default"
    folder, account = folder_of(own_name()), account_for(DATA)
    folder.mkdir(mode=0o700)
    os.chown(folder, account.uid, account.gid)
    with administration() as connection:
        made = sql.SQL("CREATE TABLESPACE {} LOCATION {}")
        connection.execute(made.format(sql.Identifier(own_name()), str(folder)))
    return own_name()


def folder_of(space):
    return MEMORY / f"niangjia-{space}"


def drop_space(connection, name):
    connection.execute(sql.SQL("DROP TABLESPACE IF EXISTS {}").format(sql.Identifier(name)))
    shutil.rmtree(folder_of(name), ignore_errors=True)


def ensure_template():
    """Migrate a database once; workers that come second wait for the first."""
    name = template_name()
    with administration() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        existing = databases(connection, "test_template_")
        if name in existing:
            return
        draft = f"test_draft_{os.getpid()}"
        drop(connection, draft)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        with database.as_owner():
            use(draft)
            database.make_tables()
        use(own_name())
        with owners_connection(draft) as drafted:
            database.settle(drafted)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
        for old in existing:
            drop(connection, old)


def copy_template():
    """Give this process a fresh copy."""
    use(own_name())
    with administration() as connection:
        drop(connection, own_name())
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy TABLESPACE {}").format(
                *map(sql.Identifier, (own_name(), template_name(), own_space()))
            )
        )
        # What may be done with a database as a whole is not copied.
        no_temporary_tables = sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC")
        connection.execute(no_temporary_tables.format(sql.Identifier(own_name())))


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """For a module's fixture of costly rows: every test of the module finds them, none keeps what
    it changes, and after the module they are gone. Not for tests that commit or are the owner. A
    test that alters the objects themselves takes a copy of them."""
    with kept_for_the_module(django_db_blocker):
        yield


@contextmanager
def kept_for_the_module(django_db_blocker, *, as_owner=False) -> Iterator[None]:
    """What `kept` does, also as the tables' owner."""
    account = database.as_owner() if as_owner else nullcontext()
    with django_db_blocker.unblock(), account, transaction.atomic():
        yield
        transaction.set_rollback(True)
