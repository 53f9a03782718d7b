"""The folder in which a node keeps everything that is its own."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent.parent.parent


class AlreadyRuns(Exception):
    """Another supervisor looks after this node."""


@dataclass(frozen=True)
class Home:
    """Where the database, keys, logs and backups of one node lie."""

    path: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """The folder NIANGJIA_HOME names, else `var` beside the code; made when missing."""
        path = Path(os.environ.get("NIANGJIA_HOME") or CHECKOUT / "var").absolute()
        path.mkdir(parents=True, exist_ok=True)
        return cls(path)

    @property
    def postgres(self) -> Path:
        """The embedded server's files."""
        return self.path / "postgres"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def state(self) -> Path:
        """What the running supervisor says about itself."""
        return self.path / "node.json"

    def ensure_secret_key(self) -> None:
        """A key of the node's own to sign sessions with, readable by its owner only."""
        file = self.path / "secret_key"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(48))

    @contextmanager
    def supervised(self) -> Iterator[None]:
        """Hold the node for one supervisor. Raises `AlreadyRuns`; the hold dies with its holder."""
        handle = os.open(self.path / "node.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise AlreadyRuns(self.running()) from error
        finally:
            os.close(handle)

    def is_supervised(self) -> bool:
        """Whether a supervisor is at work."""
        try:
            with self.supervised():
                return False
        except AlreadyRuns:
            return True

    def running(self) -> dict[str, Any]:
        """What the last supervisor wrote: pid, port, processes."""
        try:
            said: dict[str, Any] = json.loads(self.state.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return said


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
