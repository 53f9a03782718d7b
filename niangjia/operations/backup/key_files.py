"""Keys travel apart from the dump: whoever finds one of the two reads nothing."""

import base64
import hashlib
import json
import os
import shutil
from pathlib import Path

from niangjia.operations.backup import manifest
from niangjia.operations.node.home import Home, write_private


def file_of(home: Home) -> Path:
    """Where the node's keys lie."""
    return Path(os.environ.get("NIANGJIA_KEYS", home.path / manifest.KEYS))


def fingerprints(file: Path) -> list[str]:
    """One digest for each key in a file; keys are 256 random bits, so a digest gives nothing away.
    A key that was added by a rotation leaves the others' fingerprints as they are."""
    if not file.exists():
        return []
    named = json.loads(file.read_text())["keys"]
    return sorted(
        f"{use}/{name}:{hashlib.sha256(base64.b64decode(key)).hexdigest()[:16]}"
        for use, keys in named.items()
        for name, key in keys.items()
    )


def fitting(home: Home, folder: Path, said: manifest.Manifest) -> Path:
    """The key file that can read this backup: the node's own, else the one in the backup.

    Raises `Refused` when neither can: restoring would bring back fields that nobody reads.
    """
    for file in (file_of(home), folder / manifest.KEYS):
        if set(said.keys) <= set(fingerprints(file)):
            return file
    raise manifest.Refused(
        f"Neither {file_of(home)} nor the backup holds the keys it was written under. Put the "
        "keys.json of that time in the first place."
    )


def adopt(home: Home, file: Path) -> None:
    """Make `file` the node's keys. Others that were there are put aside, never deleted."""
    own = file_of(home)
    if file == own:
        return
    if own.exists():
        number = len(list(own.parent.glob(f"{own.stem}-replaced-*.json"))) + 1
        shutil.move(own, own.with_name(f"{own.stem}-replaced-{number}.json"))
    write_private(own, file.read_text())
