"""The processes a supervisor looks after."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from niangjia.operations.node.database import OWNER_URL
from niangjia.operations.node.home import CHECKOUT, Home

#: Marks every process that belongs to a node with the node's folder.
MARK = "NIANGJIA_SUPERVISED"
STOP_SECONDS = 10.0
LONGEST_WAIT = 30.0
#: Alive for so long, a process has recovered, and its next death is a first one again.
HEALTHY_SECONDS = 60.0
LOG_BYTES = 10_000_000


@dataclass
class Child:
    """One process, its log, and when to start it again if it dies."""

    name: str
    command: Sequence[str]
    home: Home
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    restart_at: float = 0.0

    @property
    def log(self) -> Path:
        return self.home.logs / f"{self.name}.log"

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C at the terminal reaches the supervisor only,
        which then stops everything in order."""
        self.log.parent.mkdir(exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        # As whom tables are made is nothing for a process that the world talks to.
        served = {name: value for name, value in os.environ.items() if name != OWNER_URL}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**served, **self.environment, MARK: str(self.home.path)},
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, now: float) -> str:
        """Start it again if it died and its wait is over; returns what a person should know.

        Each death in a row doubles the wait, from half a second to half a minute.
        """
        if self.is_alive():
            if now - self.started_at > HEALTHY_SECONDS:
                self.deaths = 0
            return ""
        if self.process is not None:
            code = self.process.returncode
            kill_group(self.process.pid)
            self.process = None
            wait = min(0.5 * 2**self.deaths, LONGEST_WAIT)
            self.deaths += 1
            self.restart_at = now + wait
            return f"{self.name} ended ({code}); again in {wait:.1f} s, see {self.log}"
        if now >= self.restart_at:
            self.start()
        return ""

    def stop(self) -> None:
        """Ask it to end, and make it end when it takes too long."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        kill_group(self.process.pid)
        self.process.wait()
        self.process = None


def kill_group(pid: int) -> None:
    """End what a process left behind in its session: a server's workers outlive its sudden end."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def leftovers(home: Home) -> Iterator[psutil.Process]:
    """Processes of this node whose supervisor was killed, found by their mark."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(home.path):
                yield process


def stop_leftovers(home: Home) -> int:
    """Stop them, gently first; returns how many there were."""
    found = list(leftovers(home))
    for process in found:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(found, timeout=5)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()
    return len(found)
