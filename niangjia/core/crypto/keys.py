"""The key provider: key material never lies in the database."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

#: What keys are for. No two uses share a key (promise 31).
USES = ("encryption", "digest", "audit", "checkpoint", "envelope", "scope", "database")
KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    """Keys by name ("1", "2"…) for each use; `current` says which one new data is written with."""

    current: dict[str, str]
    keys: dict[str, dict[str, bytes]]

    def current_key(self, use: str) -> tuple[int, bytes]:
        """The number and the key that new data is written with."""
        name = self.current[use]
        return int(name), self.keys[use][name]

    def key(self, use: str, number: int) -> bytes:
        """A key by its number. Raises `KeyError` when it has been thrown away."""
        return self.keys[use][str(number)]


class KeyProvider(Protocol):
    """Where keys come from: a file now, a key management service where there is one."""

    def ring(self) -> KeyRing:
        """All keys, as of now."""

    def rotate(self, use: str) -> int:
        """Add a key for `use`, make it the current one, and return its number."""

    def add(self, use: str) -> int:
        """Add a key for `use` that nothing is written with yet; its number."""

    def promote(self, use: str, number: int) -> None:
        """Write with this key from now on."""


class FileKeys:
    """Keys in one file that only its owner can read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.read_at: int = -1
        self.last: KeyRing | None = None

    def ring(self) -> KeyRing:
        """Reads again when the file has changed, so that a rotation needs no restart."""
        try:
            changed_at = os.stat(self.file).st_mtime_ns
        except FileNotFoundError:
            create(self.file)
            changed_at = os.stat(self.file).st_mtime_ns
        if self.last is None or changed_at != self.read_at:
            content = json.loads(self.file.read_text())
            if set(content["keys"]) != set(USES):
                create(self.file)
                return self.ring()
            self.last = KeyRing(
                current=content["current"],
                keys={
                    use: {name: base64.b64decode(key) for name, key in named.items()}
                    for use, named in content["keys"].items()
                },
            )
            self.read_at = changed_at
        return self.last

    def rotate(self, use: str) -> int:
        """The old keys stay: what was written under them is read until it is written anew."""
        number = self.add(use)
        self.promote(use, number)
        return number

    def add(self, use: str) -> int:
        """For those who must tell others of a key before it is used."""
        with opened(self.file) as content:
            number = max(map(int, content["keys"][use])) + 1
            content["keys"][use][str(number)] = new_key()
        return number

    def promote(self, use: str, number: int) -> None:
        """What was added becomes today's."""
        with opened(self.file) as content:
            content["current"][use] = str(number)


def path() -> Path:
    """Where the node keeps its keys."""
    return Path(os.environ.get("NIANGJIA_KEYS", settings.HOME / "keys.json"))


def create(file: Path) -> None:
    """Write a key file, or add the uses that one lacks; keys that are there stay as they are."""
    with opened(file) as content:
        for use in USES:
            if use not in content["keys"]:
                content["keys"][use] = {"1": new_key()}
                content["current"][use] = "1"


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@contextmanager
def opened(file: Path) -> Iterator[dict[str, Any]]:
    """The file's content to change, alone; what was changed replaces the file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content: dict[str, Any] = {"current": {}, "keys": {}}
        if file.exists():
            content = json.loads(file.read_text())
        before = json.dumps(content)
        yield content
        if json.dumps(content) != before:
            new = file.with_suffix(".new")
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as written:
                json.dump(content, written, indent=2)
                written.flush()
                os.fsync(written.fileno())
            new.replace(file)


@cache
def provider() -> KeyProvider:
    """The node's key provider, by the setting NIANGJIA_KEY_PROVIDER."""
    make = import_string(settings.NIANGJIA_KEY_PROVIDER)
    found: KeyProvider = make()
    return found


def from_file() -> FileKeys:
    """The default provider."""
    return FileKeys(path())


def ring() -> KeyRing:
    """The keys of this node, made on first use."""
    return provider().ring()
