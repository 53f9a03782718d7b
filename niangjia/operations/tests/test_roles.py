"""Who serves is never the owner: on the embedded server, on another one, and in a home of old."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from niangjia.operations import postgres
from niangjia.operations.node import children, database, roles
from niangjia.operations.node.home import CHECKOUT, Home
from niangjia.operations.tests import real_server

MIGRATE = "from niangjia.operations.node import database\ndatabase.migrate()"
#: What the app sees of itself, of what it may write, and of a viewer.
LOOK = """
import uuid
from django.db import connection
from niangjia.core import protection
from niangjia.regions.models import Division
with protection.viewing(account=uuid.UUID(int=7)), connection.cursor() as cursor:
    cursor.execute("SELECT session_user, core_viewer_account()")
    user, viewer = cursor.fetchone()
print(user, viewer.int, Division.objects.filter(code="x").delete()[0])
"""
MADE_BY_HAND = "CREATE ROLE serving LOGIN NOINHERIT PASSWORD 'of the app'"


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("postgres"):
        postgres.stop(data)
    shutil.rmtree(folder)


def niangjia(home, *arguments, **named):
    """Run a command as a person would, told nothing but what is `named`."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIANGJIA_")}
    return subprocess.run(
        [sys.executable, "-m", "niangjia", *arguments],
        cwd=CHECKOUT,
        env={**inherited, "NIANGJIA_HOME": str(home), **named},
        capture_output=True,
        text=True,
    )


def said(home, *arguments, **named):
    done = niangjia(home, *arguments, **named)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def look(home, *, migrated=False, **named):
    """What the app sees once the tables are up to date, which they are if `migrated`."""
    code = LOOK if migrated else MIGRATE + LOOK
    return said(home, "manage", "shell", "-v", "0", "-c", code, **named)


@pytest.fixture(scope="module")
def embedded(place):
    home = place / "embedded"
    home.mkdir()
    postgres.start(home / "postgres")
    return home


@pytest.fixture(scope="module")
def data(place):
    (place / "server").mkdir()
    data = place / "server" / "postgres"
    real_server.start(data)
    return data


@pytest.fixture(scope="module")
def of_old(embedded):
    """What a home says when it is brought up to date from where everything was the superuser's."""
    said(embedded, "manage", "migrate", "-v", "0", "core", "0003")
    with psycopg.connect(postgres.url(embedded / "postgres", "niangjia"), autocommit=True) as old:
        old.execute("DROP OWNED BY niangjia_app")
        old.execute("DROP ROLE niangjia_app")
    return said(embedded, "verify-audit"), look(embedded)


def test_a_home_of_old_is_brought_up_to_date_by_whatever_comes_first(of_old):
    """Before there was an account for the app, everything was the superuser's."""
    verified, looked = of_old
    assert "Every entry is as it was written" in verified
    assert looked == "niangjia_app 7 0"


def test_an_account_that_was_given_more_loses_it(embedded, of_old):
    with psycopg.connect(postgres.url(embedded / "postgres"), autocommit=True) as careless:
        careless.execute("ALTER ROLE niangjia_app BYPASSRLS CREATEROLE")
    assert look(embedded, migrated=True) == "niangjia_app 7 0"
    with psycopg.connect(postgres.url(embedded / "postgres")) as owner:
        assert owner.execute(roles.ROLE, ["niangjia_app"]).fetchone() == (True,)


def allow_accounts(data):
    """The owner may make accounts, whichever test was here before."""
    with real_server.as_superuser(data) as superuser:
        superuser.execute("ALTER ROLE niangjia_owner CREATEROLE")


@pytest.fixture(scope="module")
def owners_address(data):
    return real_server.address(data, "niangjia_owner", "of the owner")


@pytest.fixture(scope="module")
def derived(place, data, owners_address):
    """What a home sees that is told its owner's address alone, with tables made just now."""
    allow_accounts(data)
    return look(place / "derived", NIANGJIA_DATABASE_URL=owners_address)


def test_on_another_server_the_owner_s_address_is_enough(data, derived):
    assert derived == "union_app 7 0"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(real_server.address(data, "union_app", "guessed"))


def test_tables_made_at_once_are_those_made_step_by_step(embedded, of_old, derived, data):
    """What Django does in full for a home of old, and with few classes for a new one (ADR 145)."""
    at_once = shape(postgres.url(data, "union"))
    assert len(at_once) > 5_000
    assert at_once == shape(postgres.url(embedded / "postgres", "niangjia"))


def shape(url):
    """The tables of a database, their constraints, indexes and policies; without who owns them."""
    dumped = subprocess.run(
        [postgres.program("pg_dump"), "--schema-only", "--no-owner", "--no-privileges", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # A key that is drawn for each dump stands behind the backslash.
    return [line for line in dumped.splitlines() if not line.startswith("\\")]


def test_other_keys_are_another_password_and_a_home_that_lost_them_gets_in_again(
    place, data, derived, owners_address
):
    allow_accounts(data)
    again = {"NIANGJIA_DATABASE_URL": owners_address}
    assert look(place / "second", **again) == derived
    assert look(place / "derived", **again) == derived


@pytest.fixture(scope="module")
def by_hand(place, data):
    """Whoever sets up the server made the app's account; its owner makes none."""
    with real_server.as_superuser(data) as superuser:
        superuser.execute(MADE_BY_HAND)
        superuser.execute("ALTER ROLE niangjia_owner NOCREATEROLE")
    named = {
        "NIANGJIA_DATABASE_URL": real_server.address(data, "serving", "of the app"),
        "NIANGJIA_DATABASE_OWNER_URL": real_server.address(data, "niangjia_owner", "of the owner"),
    }
    said(place / "by-hand", "manage", "migrate", "-v", "0", **named)
    return place / "by-hand"


def test_accounts_made_by_hand_are_taken_as_they_are(by_hand, data):
    named = {
        "NIANGJIA_DATABASE_URL": real_server.address(data, "serving", "of the app"),
        "NIANGJIA_DATABASE_OWNER_URL": real_server.address(data, "niangjia_owner", "of the owner"),
    }
    assert look(by_hand, migrated=True, **named) == "serving 7 0"


@pytest.mark.parametrize(
    ("right", "reason"),
    [
        ("ALTER ROLE serving BYPASSRLS", "bypasses row-level security"),
        ("ALTER ROLE serving SUPERUSER", "superuser"),
        ("GRANT niangjia_owner TO serving", "may act as their owner"),
    ],
)
def test_an_account_that_would_not_be_bound_does_not_serve(by_hand, data, right, reason):
    named = {
        "NIANGJIA_DATABASE_URL": real_server.address(data, "serving", "of the app"),
        "NIANGJIA_DATABASE_OWNER_URL": real_server.address(data, "niangjia_owner", "of the owner"),
    }
    with real_server.as_superuser(data) as superuser:
        superuser.execute(right)
        done = niangjia(by_hand, "verify-audit", **named)
        superuser.execute("ALTER ROLE serving NOSUPERUSER NOBYPASSRLS")
        superuser.execute("REVOKE niangjia_owner FROM serving")
    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_owner_who_may_make_no_account_is_told_what_to_do(place, data):
    with real_server.as_superuser(data) as superuser:
        superuser.execute("ALTER ROLE niangjia_owner NOCREATEROLE")
        superuser.execute("CREATE DATABASE other OWNER niangjia_owner")
    owner = make_conninfo(
        real_server.address(data, "niangjia_owner", "of the owner"), dbname="other"
    )
    done = niangjia(place / "refused", "verify-audit", NIANGJIA_DATABASE_URL=owner)
    assert done.returncode == 1
    assert "NIANGJIA_DATABASE_OWNER_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_what_serves_is_not_told_who_owns(tmp_path, monkeypatch):
    monkeypatch.setenv(database.OWNER_URL, "postgresql://owner:secret@/x")
    monkeypatch.setenv(database.URL, "postgresql://app@/x")
    show = "import os; print(sorted(n for n in os.environ if 'DATABASE' in n))"
    child = children.Child("shown", [sys.executable, "-c", show], Home(tmp_path))
    child.start()
    assert child.process.wait(120) == 0
    assert child.log.read_text().strip() == "['NIANGJIA_DATABASE_URL']"


@pytest.mark.django_db(transaction=True)
def test_after_an_owner_s_block_django_is_the_app_again():
    from django.db import connection

    def user():
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            return cursor.fetchone()[0]

    app = user()
    with contextlib.suppress(KeyError), database.as_owner():
        owner = user()
        raise KeyError
    assert user() == app != owner
