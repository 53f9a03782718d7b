"""The key provider: key material never lies in the database."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class KeyRing:
    """Keys by name for each use; `current` says which one new data is written with."""

    current: dict[str, str]
    keys: dict[str, dict[str, bytes]]


def path() -> Path:
    """Where the node keeps its keys."""
    return Path(os.environ.get("NIANGJIA_KEYS", settings.HOME / "keys.json"))


def create(file: Path) -> None:
    """Write a new key file, readable by its owner only, unless one is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "current": {"encryption": "1", "digest": "1"},
        "keys": {
            use: {"1": base64.b64encode(secrets.token_bytes(32)).decode()}
            for use in ("encryption", "digest")
        },
    }
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as opened:
        json.dump(content, opened, indent=2)


@cache
def ring() -> KeyRing:
    """The keys of this node, made on first use."""
    create(path())
    content = json.loads(path().read_text())
    return KeyRing(
        current=content["current"],
        keys={
            use: {name: base64.b64decode(key) for name, key in named.items()}
            for use, named in content["keys"].items()
        },
    )
