"""Starting, stopping and finding the server of one data folder."""

import fcntl
import os
import secrets
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from niangjia.operations.postgres.programs import SHARED, Account, account_for
from niangjia.operations.postgres.settings import SOCKET_NAME, configuration, socket_folder

#: A crash under heavy load is replayed from the log at the next start; that may take its time.
START_SECONDS = 900
STOP_SECONDS = 30
BY_CODE_POINT = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


class CannotStart(Exception):
    """The server did not come up; the message holds the end of its log."""


def start(data: Path, *, durable: bool = True) -> str:
    """Start (or find running) the server whose files lie in `data`; returns its libpq URI.

    The server outlives this process: whoever started the node stops it. `durable=False` trades
    the promise that committed means kept for speed: for tests only. Safe to call from several
    processes at once; recovers from any crash. Raises `CannotStart`.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    with lock(data):
        if not is_running(data):
            account = account_for(data)
            data = prepare(data, account)
            clear_remains(data)
            launch(data, account, durable=durable)
    return url(data)


def stop(data: Path) -> None:
    """Stop the server in order: sessions are ended, nothing committed is lost. One that is still
    recovering is stopped too."""
    with lock(data):
        if pid(data) is None:
            return
        account = account_for(data.resolve())
        account.run(
            account.server_program("pg_ctl"),
            *("stop", "-D", str(data.resolve()), "-m", "fast", "-w", "-t", str(STOP_SECONDS)),
        )
        if running := pid(data):
            psutil.Process(running).kill()


def url(data: Path, database: str = "postgres") -> str:
    """The libpq URI of one database of the server."""
    folder = quote(str(socket_folder(data.resolve())), safe="")
    return f"postgresql://postgres@/{database}?host={folder}"


def pid(data: Path) -> int | None:
    """The number of the running server process, or None.

    The file that names it outlives crashes and reboots, after which the number may belong to
    anybody: the process must really be a PostgreSQL that works in this folder.
    """
    try:
        number = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return number if number in [process.pid for process in processes(data)] else None


def is_running(data: Path) -> bool:
    """Whether the server is up and past its recovery."""
    if pid(data) is None:
        return False
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:  # it ended just now
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def create_database(data: Path, name: str, *, template: str = "template0") -> str:
    """The URI of database `name`, created first unless it is there."""
    with psycopg.connect(url(data), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not there.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
    return url(data, name)


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """One process at a time starts or stops the server. The lock dies with its holder."""
    handle = os.open(data.parent / f"{data.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def processes(data: Path) -> Iterator[psutil.Process]:
    """Every PostgreSQL process that works in `data`: the server stays in that folder, and so do
    its children, orphans included."""
    folder = str(data.resolve())
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cwd() == folder and process.name().startswith("postgres"):
                yield process


def clear_remains(data: Path) -> None:
    """Make way after a crash: children without a server hold its memory and refuse it to the
    next; a stale pid file may name a stranger."""
    if pid(data) is not None:
        # It is up but not ready, or stopping: `pg_ctl start` below would refuse.
        wait_for_end_or_ready(data)
        if is_running(data):
            return
    for orphan in processes(data):
        with suppress(psutil.Error):
            orphan.send_signal(signal.SIGKILL)
            orphan.wait(10)
    (data / "postmaster.pid").unlink(missing_ok=True)
    # The socket's lock names the dead server too, and a process nobody reaped counts as alive.
    for left in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
        (socket_folder(data) / left).unlink(missing_ok=True)


def wait_for_end_or_ready(data: Path) -> None:
    """Wait while somebody else's start or stop is under way."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and pid(data) is not None and not is_running(data):
        time.sleep(0.1)


def prepare(data: Path, account: Account) -> Path:
    """A data folder that `account` owns and reaches, initialised. Returns where it really is."""
    data = folder_for(data, account)
    if not (data / "PG_VERSION").exists() or unfinished(data).exists():
        initialise(data, account)
    return data


def folder_for(data: Path, account: Account) -> Path:
    """A folder that `account` reaches. Returns where it really is."""
    if not data.exists():
        data.mkdir(mode=0o700)
        if account.is_other and not account.reaches(data.parent):
            # Root's checkout is closed to the service account and stays so: the files lie in a
            # shared place, and the link here finds them even when the checkout moves.
            data.rmdir()
            SHARED.mkdir(parents=True, exist_ok=True)
            SHARED.chmod(0o755)
            real = SHARED / f"data-{secrets.token_hex(8)}"
            real.mkdir(mode=0o700)
            data.symlink_to(real)
    return data.resolve()


def unfinished(data: Path) -> Path:
    """The file that is there while a cluster is being made; after a kill it stays."""
    return data.with_name(f"{data.name}.unfinished")


def initialise(data: Path, account: Account, *, locale: Sequence[str] = BY_CODE_POINT) -> None:
    """Make an empty cluster: UTF-8, sorted by code point, so that every machine sorts alike."""
    unfinished(data).touch()
    # An initialisation that was killed half-way leaves files that the next one refuses.
    # A server that is still going down may take its own files away meanwhile.
    for left in data.iterdir():
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    os.chown(data, account.uid, account.gid)
    done = account.run(
        account.server_program("initdb"),
        *("-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"),
        *(*locale, "--no-instructions"),
    )
    if done.returncode:
        raise CannotStart(done.stdout)
    unfinished(data).unlink()


def launch(data: Path, account: Account, *, durable: bool) -> None:
    """Write the settings and start the server, waiting until it answers."""
    if is_running(data):
        return
    folder = socket_folder(data)
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    if folder.stat().st_uid != account.uid:
        raise CannotStart(f"{folder} belongs to somebody else")
    file = data / "postgresql.conf"
    file.write_text(configuration(data, durable=durable))
    os.chown(file, account.uid, account.gid)
    # `pg_ctl` hands -D and -l to a shell without escaping them; the environment is safe.
    with (data / "start.log").open("w+", errors="replace") as log:
        done = account.run(
            account.server_program("pg_ctl"),
            *("start", "-s", "-w", "-t", str(START_SECONDS)),
            environment={"PGDATA": str(data)},
            output=log,
        )
        if done.returncode:
            log.seek(0)
            raise CannotStart(log.read()[-4000:])
