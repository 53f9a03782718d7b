"""`niangjia run`: database, web server and worker under one roof."""

import json
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

from niangjia.operations import demo, postgres
from niangjia.operations.node import database, loading
from niangjia.operations.node.children import Child, stop_leftovers
from niangjia.operations.node.home import Home, write_private

READY_SECONDS = 60
LOOK_SECONDS = 0.5
DATABASE_WAITS = (1, 2, 4, 8)


class CannotRun(Exception):
    """The node cannot be started; the message says what to do."""


def web_command(host: str, port: int) -> list[str]:
    """The web server: one process a core, few threads each; Python computes on one at a time."""
    return [
        *(sys.executable, "-m", "niangjia.operations.node.serving"),
        *("--interface", "wsgi", "niangjia.wsgi:application"),
        *("--host", host, "--port", str(port), "--http", "1", "--no-ws"),
        *("--workers", str(os.cpu_count() or 1), "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


@dataclass
class Supervisor:
    """Starts everything in order, starts again what dies, stops everything in reverse order."""

    home: Home
    host: str = "127.0.0.1"
    port: int = 8000
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Run until a signal to stop. Raises `CannotRun`, `AlreadyRuns` and what `prepare` does."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self.ask_to_stop)
        with self.home.supervised():
            if count := stop_leftovers(self.home):
                print(f"Stopped {count} processes a killed supervisor left behind.", flush=True)
            self.check_port()
            embedded = database.is_embedded(self.home)
            children = self.children()
            try:
                database.prepare(self.home)
                self.fill()
                for child in children:
                    child.start()
                self.write_state(children)
                self.wait_until_ready(children)
                self.greet()
                self.watch(children, embedded=embedded)
            finally:
                if self.stopping.is_set():
                    print("Stopping …", flush=True)
                for child in children:
                    child.stop()
                if embedded:
                    postgres.stop(self.home.postgres)
                self.home.state.unlink(missing_ok=True)

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """A signal to stop; while the first data is loaded it breaks the load off, which is
        begun again at the next start."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        if not self.home.state.exists():
            raise KeyboardInterrupt

    def check_port(self) -> None:
        """Refuse a port that somebody else listens at, before anything is started."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CannotRun(
                    f"Port {self.port} is not free ({error.strerror}). "
                    f"Another one: make run PORT={self.port + 1}"
                ) from error

    def fill(self) -> None:
        """Tables, and on the first start what belongs in them."""
        from django.conf import settings

        database.migrate()
        loading.load(demo.AREAS if settings.DEMO else demo.SEED)
        database.disconnect()

    def children(self) -> list[Child]:
        """Web first: it is stopped first, so that nothing new is asked of the rest."""
        web = Child("web", web_command(self.host, self.port), self.home)
        worker = Child(
            "worker", [sys.executable, "-m", "django", "procrastinate", "worker"], self.home
        )
        return [web, worker]

    def write_state(self, children: list[Child]) -> None:
        """For `niangjia status`."""
        pids = {child.name: child.process.pid for child in children if child.process}
        if server := postgres.pid(self.home.postgres):
            pids["postgres"] = server
        said = {"pid": os.getpid(), "url": self.url(), "processes": pids}
        write_private(self.home.state, json.dumps(said))

    def url(self) -> str:
        """Where a person finds the site."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{host}:{self.port}/"

    def wait_until_ready(self, children: list[Child]) -> None:
        """Wait until the site takes connections, starting again what dies meanwhile."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.stopping.is_set():
            try:
                socket.create_connection((self.host, self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    log = children[0].log
                    raise CannotRun(f"The site does not come up; see {log}") from None
            self.tend(children)
            self.stopping.wait(0.1)

    def greet(self) -> None:
        """Say where the site is and whom a visitor of the demonstration may be."""
        from django.conf import settings

        if self.stopping.is_set():
            return
        print(f"\n  Niangjia 娘家   {self.url()}\n")
        accounts = demo.list_accounts() if settings.DEMO else []
        for account in accounts:
            # Names are Chinese: an ideographic space is as wide as one of their characters.
            print(f"  {account.phone}  {account.name:\u3000<4} {account.role}")
        if accounts:
            print("\n  The sign-in page offers these accounts with their current codes.")
        print("  Ctrl-C stops everything.\n", flush=True)

    def watch(self, children: list[Child], *, embedded: bool) -> None:
        """Start again what dies, the database first."""
        while not self.stopping.wait(LOOK_SECONDS):
            if embedded and postgres.pid(self.home.postgres) is None:
                self.start_database_again()
                self.write_state(children)
            self.tend(children)

    def start_database_again(self) -> None:
        """Try a few times: what was killed with it may need a moment to be gone."""
        print("The database ended; starting it again.", flush=True)
        for wait in (*DATABASE_WAITS, None):
            try:
                postgres.start(self.home.postgres)
                return
            except postgres.CannotStart:
                if wait is None or self.stopping.wait(wait):
                    raise

    def tend(self, children: list[Child]) -> None:
        """Look after each process once."""
        for child in children:
            before = child.process
            if message := child.tend(time.monotonic()):
                print(message, flush=True)
            if child.process is not before:
                self.write_state(children)
