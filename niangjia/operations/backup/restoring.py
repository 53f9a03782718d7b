"""Putting a backup back, beside what is there, and exchanging the two when it is proven whole."""

import datetime as dt
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from niangjia.operations.backup import key_files, manifest, tools
from niangjia.operations.node import database, roles
from niangjia.operations.node.home import CHECKOUT, Home


def restore_backup(
    *, home: Home, url: str, folder: Path, app_url: str = "", force: bool = False
) -> manifest.Manifest:
    """Make the database `url` (its owner's) what the backup in `folder` holds, and forget again
    whoever was erased since (promise 13). `app_url` is the same database as the app that will use
    it; without one, its account is the one `roles.app_url` makes.

    The backup is restored into a database of its own first; only when every table has as many rows
    and the same digest as when the backup was made (promise 25) do the two change places. Until
    then nothing that was there is touched. Raises `Refused`: when the folder is no whole backup,
    when the database holds something and `force` is not given, when a digest differs, when
    somebody is connected.
    """
    said = manifest.Manifest.read(folder)
    dump = folder / manifest.DUMP
    if tools.sha256(dump) != said.dump_sha256:
        raise manifest.Refused(f"{dump} is not what it was when the backup was made.")
    keys = key_files.fitting(home, folder, said)
    if holds_something(url) and not force:
        raise manifest.Refused("The database is not empty; --force replaces what it holds.")
    app_url = app_url or roles.app_url(url)
    name = str(conninfo_to_dict(url)["dbname"])
    draft = f"{name}_restore_{secrets.token_hex(4)}"
    with psycopg.connect(with_database(url, "postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft))
        )
        try:
            draft_url = with_database(url, draft)
            tools.run("pg_restore", draft_url, "--exit-on-error", "--no-owner", str(dump))
            check_digests(draft_url, said)
            forget_again(home, draft_url, with_database(app_url, draft), keys)
            exchange(server, name, draft)
        except BaseException:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(draft)))
            raise
    key_files.adopt(home, keys)
    take_over_checkpoints(home, folder)
    return said


def holds_something(url: str) -> bool:
    """Whether anything ever happened in this database: each effect leaves an audit entry."""
    with psycopg.connect(url) as connection:
        there = connection.execute("SELECT to_regclass('public.core_auditentry')").fetchone()
        if there == (None,):
            return False
        return connection.execute("SELECT 1 FROM core_auditentry LIMIT 1").fetchone() is not None


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return make_conninfo(url, dbname=name)


def check_digests(url: str, said: manifest.Manifest) -> None:
    """Raise `Refused` naming each table that did not come back as it was."""
    with psycopg.connect(url) as connection:
        found = manifest.describe(connection)
    differing = [
        f"{name}: {found.get(name)} instead of {said.tables.get(name)}"
        for name in sorted(found.keys() | said.tables.keys())
        if found.get(name) != said.tables.get(name)
    ]
    if differing:
        raise manifest.Refused("These tables did not come back whole: " + "; ".join(differing))


def take_over_checkpoints(home: Home, folder: Path) -> None:
    """The backup's signed audit heads become the node's; newer ones, which speak of entries that
    are gone now, are put aside and kept."""
    signed = home.path / "audit" / manifest.CHECKPOINTS
    if signed.exists():
        moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        signed.replace(signed.with_name(f"checkpoints-until-restore-{moment}.jsonl"))
    if (folder / manifest.CHECKPOINTS).exists():
        signed.parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / manifest.CHECKPOINTS, signed)


def forget_again(home: Home, url: str, app_url: str, keys: Path) -> None:
    """Bring the tables up to date and erase again whoever was erased after the backup, in a
    process of its own whose Django sees the restored database and nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "niangjia.operations.backup.replaying"],
        cwd=CHECKOUT,
        env={
            **os.environ,
            database.URL: app_url,
            database.OWNER_URL: url,
            "NIANGJIA_HOME": str(home.path),
            "NIANGJIA_KEYS": str(keys),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise manifest.Refused(f"Erasures cannot be replayed: {done.stderr.strip()[-2000:]}")


def exchange(server: "psycopg.Connection[tuple[object, ...]]", name: str, draft: str) -> None:
    """Let the restored database take the place of the old one, which is dropped."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    old = f"{name}_replaced_{secrets.token_hex(4)}"
    try:
        server.execute(rename.format(sql.Identifier(name), sql.Identifier(old)))
    except psycopg.errors.ObjectInUse as error:
        raise manifest.Refused("Somebody is connected: stop the node first.") from error
    server.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
