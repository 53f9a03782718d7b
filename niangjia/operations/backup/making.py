"""Making a backup while the node works."""

import datetime as dt
import shutil
from pathlib import Path

import psycopg

from niangjia.operations.backup import key_files, manifest, tools
from niangjia.operations.node.home import Home, write_private


def make_backup(*, home: Home, url: str, folder: Path, with_keys: bool = False) -> Path:
    """Write the database `url` (its owner's) as of this moment into the new `folder`; returns it.

    Dump and digests see the same snapshot, whatever is written meanwhile. The keys are not in the
    dump, and without them nobody reads the encrypted fields, neither a thief nor you: keep
    `keys.json` elsewhere, or put it beside the dump with `with_keys`. Raises `Refused`, also when
    row-level security would leave rows out.
    """
    try:
        folder.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise manifest.Refused(f"{folder} exists already.") from error
    try:
        write(home, url, folder, with_keys=with_keys)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder


def write(home: Home, url: str, folder: Path, *, with_keys: bool) -> None:
    """Everything in the order in which it stays trustworthy when the machine dies half-way."""
    if with_keys:
        write_private(folder / manifest.KEYS, key_files.file_of(home).read_text())
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot, server = one_row(
            connection, "SELECT pg_export_snapshot(), current_setting('server_version')"
        )
        tables = manifest.describe(connection)
        dump = folder / manifest.DUMP
        tools.run(
            "pg_dump",
            url,
            *("--format", "custom", "--snapshot", snapshot, "--file", str(dump)),
            *("--no-owner", "--no-privileges"),
            *("--exclude-table-data", f"public.{manifest.LEFT_OUT}"),
        )
        dump.chmod(0o600)
    signed = home.path / "audit" / manifest.CHECKPOINTS
    if signed.exists():
        shutil.copyfile(signed, folder / manifest.CHECKPOINTS)
    manifest.Manifest(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        server=server,
        tables=tables,
        dump_sha256=tools.sha256(dump),
        keys=key_files.fingerprints(key_files.file_of(home)),
    ).write(folder)


def one_row(connection: "psycopg.Connection[tuple[str, ...]]", question: str) -> tuple[str, ...]:
    """The only row of an answer."""
    row = connection.execute(question.encode()).fetchone()
    if row is None:
        raise manifest.Refused("The server does not answer.")
    return row
