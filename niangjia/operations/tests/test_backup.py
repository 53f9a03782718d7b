"""A backup comes back with equal digests, from the embedded and from a real server, or not at all.

Promise 25, to the backup's moment; promise 13: who was erased since stays erased.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from niangjia.operations import backup, postgres
from niangjia.operations.backup import manifest
from niangjia.operations.node.home import CHECKOUT, Home
from niangjia.operations.tests import real_server

FILL = """
from niangjia.operations.node import database
database.migrate()
from niangjia.core import audit
from niangjia.members.models import Account
for number in range(10):
    account = Account.objects.create_user(phone=f"+86150{number:08d}", password=None)
    audit.record(action="test.made", by=account.id, subject=f"account:{account.id}",
                 details={"name": "买买提·艾力", "share": 0.1})
"""
ERASE = """
from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account
account = Account.objects.order_by("id").first()
services.delete_account(account=account, now=clock.now())
print(account.id)
"""


class Node:
    """A node in a folder of its own."""

    def __init__(self, path, url=None):
        path.mkdir()
        self.home = Home(path)
        self.by_url = url
        self.url = url or postgres.url(path / "postgres", "niangjia")

    def command(self, *arguments):
        """Run `niangjia` as a person would; returns what it said, or fails with it."""
        named = {"NIANGJIA_DATABASE_URL": self.by_url} if self.by_url else {}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIANGJIA_")}
        done = subprocess.run(
            [sys.executable, "-m", "niangjia", *map(str, arguments)],
            cwd=CHECKOUT,
            env={**inherited, **named, "NIANGJIA_HOME": str(self.home.path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def fill(self):
        """Tables in their present shape, ten people, and what was done to them."""
        self.shell(FILL)
        return self

    def shell(self, code):
        return self.command("manage", "shell", "-v", "0", "-c", code)

    def backup(self, name, **options):
        folder = self.home.path / name
        return backup.make_backup(home=self.home, url=self.url, folder=folder, **options)

    def restore(self, folder, **options):
        return backup.restore_backup(home=self.home, url=self.url, folder=folder, **options)

    def ask(self, question, *values):
        with psycopg.connect(self.url, autocommit=True) as connection:
            answer = connection.execute(question, values)
            return answer.fetchone()[0] if answer.description else None


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.rglob("postgres"):
        postgres.stop(data)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def embedded(place):
    """A node with ten people on its own server, which runs throughout."""
    node = Node(place / "embedded")
    postgres.start(node.home.postgres)
    return node.fill()


@pytest.fixture(scope="module")
def by_url(place):
    """The same on a server that the node knows by its address only, and that binds its owner."""
    (place / "server").mkdir()
    node = Node(place / "by-url", real_server.start(place / "server" / "postgres"))
    return node.fill()


@pytest.fixture(params=["embedded", "by_url"])
def node(request):
    return request.getfixturevalue(request.param)


def count(node):
    return node.ask("SELECT count(*) FROM members_account WHERE closed_at IS NULL")


def test_a_backup_undoes_what_came_after_but_not_an_erasure(node):
    folder = node.home.path / "first"
    assert "The keys are not in it" in node.command("backup", folder)
    erased = node.shell(ERASE)
    node.ask("UPDATE members_account SET last_login = '2000-01-01'")
    node.ask("INSERT INTO django_session VALUES ('late', 'x', now())")

    with pytest.raises(backup.Refused, match="not empty"):
        node.restore(folder)
    assert node.ask("SELECT count(*) FROM django_session") == 1

    assert "digests equal" in node.command("restore", folder, "--force")
    assert node.ask("SELECT count(*) FROM django_session") == 0
    assert node.ask("SELECT count(*) FROM members_account WHERE last_login = '2000-01-01'") == 0
    assert node.ask("SELECT closed_at FROM members_account WHERE id = %s", erased) is not None
    assert count(node) == 9
    assert manifest.Manifest.read(folder).tables["members_account"][0] == 10
    assert "Every entry is as it was written" in node.command("verify-audit")
    assert_nothing_left_behind(node)


def assert_nothing_left_behind(node):
    names = node.ask("SELECT string_agg(datname, ' ') FROM pg_database")
    assert "restore" not in names
    assert "replaced" not in names


def test_one_changed_byte_in_the_dump_is_refused(embedded):
    folder = embedded.backup("damaged")
    dump = folder / manifest.DUMP
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    before = count(embedded)
    with pytest.raises(backup.Refused, match="not what it was"):
        embedded.restore(folder, force=True)
    assert count(embedded) == before


def test_a_row_that_came_back_differently_is_refused_and_nothing_is_touched(embedded):
    """The control of the digests: the dump is sound, but not what the manifest says."""
    folder = embedded.backup("differing")
    said = json.loads((folder / manifest.FILE).read_text())
    said["tables"]["members_account"][1] = "1/2"
    (folder / manifest.FILE).write_text(json.dumps(said))
    before = count(embedded)
    with pytest.raises(backup.Refused, match="members_account"):
        embedded.restore(folder, force=True)
    assert count(embedded) == before
    assert_nothing_left_behind(embedded)


def test_a_restore_waits_for_nobody(embedded):
    folder = embedded.backup("busy")
    with psycopg.connect(embedded.url), pytest.raises(backup.Refused, match="stop the node"):
        embedded.restore(folder, force=True)
    assert_nothing_left_behind(embedded)


def test_half_a_backup_is_refused(embedded):
    half = embedded.home.path / "half"
    half.mkdir()
    (half / manifest.DUMP).write_bytes(b"PGDMP")
    with pytest.raises(backup.Refused, match="no whole backup"):
        embedded.restore(half, force=True)


def test_keys_travel_only_when_asked_and_are_needed(embedded, place):
    bare, full = embedded.backup("bare"), embedded.backup("full", with_keys=True)
    assert not (bare / manifest.KEYS).exists()
    assert (full / manifest.KEYS).stat().st_mode & 0o777 == 0o600

    other = Node(place / "other")
    postgres.start(other.home.postgres)
    postgres.create_database(other.home.postgres, "niangjia")
    with pytest.raises(backup.Refused, match=r"keys\.json of that time"):
        other.restore(bare)
    other.restore(full)
    assert count(other) == count(embedded)
    keys = (other.home.path / "keys.json").read_text()
    assert keys == (embedded.home.path / "keys.json").read_text()


def test_an_owner_who_would_see_less_makes_no_backup(by_url, place):
    """Complaints are shown to nobody without a viewer, and a backup has none."""
    data = place / "server" / "postgres"
    with real_server.as_superuser(data) as superuser:
        superuser.execute("ALTER ROLE niangjia_owner NOBYPASSRLS")
        try:
            with pytest.raises(backup.Refused, match="BYPASSRLS"):
                by_url.backup("bound")
        finally:
            superuser.execute("ALTER ROLE niangjia_owner BYPASSRLS")
    assert not (by_url.home.path / "bound").exists()
    assert by_url.backup("unbound").exists()


def test_the_keys_by_which_the_app_is_believed_are_in_no_backup(embedded):
    folder = embedded.backup("without-keys")
    assert embedded.ask("SELECT count(*) FROM core_scopekey") > 0
    listed = subprocess.run(
        [postgres.program("pg_restore"), "--list", str(folder / manifest.DUMP)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "TABLE DATA public core_auditentry" in listed
    assert "TABLE DATA public core_scopekey" not in listed
    assert "core_scopekey" not in manifest.Manifest.read(folder).tables


def test_a_backup_never_overwrites_another(embedded):
    embedded.backup("twice")
    with pytest.raises(backup.Refused, match="exists already"):
        embedded.backup("twice")


def test_a_row_added_changed_or_moved_changes_the_digest(embedded):
    with psycopg.connect(embedded.url) as connection:
        connection.execute("CREATE TABLE t (a int, b text)")
        connection.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')")
        first = manifest.describe(connection)["t"]
        seen = [first]
        for change in (
            "UPDATE t SET b = 'z' WHERE a = 1",
            "INSERT INTO t VALUES (2, 'y')",
            "INSERT INTO t VALUES (2, 'y')",
            "UPDATE t SET a = CASE a WHEN 1 THEN 2 ELSE 1 END",
        ):
            connection.execute(change)
            seen.append(manifest.describe(connection)["t"])
        assert len({tuple(digest) for digest in seen}) == len(seen)
        connection.execute("TRUNCATE t")
        connection.execute("INSERT INTO t VALUES (2, 'y'), (1, 'x')")
        assert manifest.describe(connection)["t"] == first
        connection.rollback()
