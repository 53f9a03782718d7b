"""Signed heads of the audit lanes, in a file outside the database.

Whoever holds the database can cut the end off a chain and set its head back; they cannot take
back what was signed. Copy the file off the machine, and the machine's owner cannot either.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from niangjia.core import clock
from niangjia.core.crypto import keys
from niangjia.core.models import AuditLane

BEGINNING = "0" * 64
#: How much of the file's end is read at a time. A line of 64 heads is about 6 kB.
TAIL_BYTES = 16 * 1024


@dataclass(frozen=True)
class Checkpoint:
    """The heads at one moment: lane → (number, code in hexadecimal). `fault` says what is wrong."""

    at: str
    heads: dict[int, tuple[int, str]]
    fault: str = ""


def path() -> Path:
    """The node's file of checkpoints."""
    return Path(settings.HOME) / "audit" / "checkpoints.jsonl"


def write_checkpoint(file: Path | None = None) -> bool:
    """Sign the heads as they are now and append them; False when nothing has happened since.

    Each line names the digest of the one before, so that no line can be left out.
    """
    file = file or path()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        last = last_line(opened)
        lanes = AuditLane.objects.filter(number__gt=0).order_by("lane")
        heads = {str(row.lane): [row.number, bytes(row.mac).hex()] for row in lanes}
        if heads_in(last) == heads:
            return False
        number, seed = keys.ring().current_key("checkpoint")
        body = {
            "at": clock.now().isoformat(),
            "heads": heads,
            "key": number,
            "previous": hashlib.sha256(last).hexdigest() if last else BEGINNING,
        }
        signature = Ed25519PrivateKey.from_private_bytes(seed).sign(signed_bytes(body))
        line = {"body": body, "signature": base64.b64encode(signature).decode()}
        opened.write(json.dumps(line).encode() + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
    return True


def read_checkpoints(file: Path, ring: keys.KeyRing) -> Iterator[Checkpoint]:
    """Every checkpoint, oldest first, with what is wrong with it."""
    previous = BEGINNING
    with file.open("rb") as opened:
        for count, line in enumerate(opened, start=1):
            try:
                content = json.loads(line)
                body = content["body"]
                public = Ed25519PrivateKey.from_private_bytes(ring.key("checkpoint", body["key"]))
                public.public_key().verify(
                    base64.b64decode(content["signature"]), signed_bytes(body)
                )
            except (ValueError, KeyError, TypeError, InvalidSignature):
                yield Checkpoint(at="", heads={}, fault=f"checkpoint {count} is not signed by us")
            else:
                cut = (
                    ""
                    if body["previous"] == previous
                    else f"a line before checkpoint {count} is gone"
                )
                heads = {int(lane): (number, mac) for lane, (number, mac) in body["heads"].items()}
                yield Checkpoint(at=body["at"], heads=heads, fault=cut)
            previous = hashlib.sha256(line.rstrip(b"\n")).hexdigest()


def signed_bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def heads_in(line: bytes) -> dict[str, Any] | None:
    """The heads that `line` signed. None when it is no checkpoint: whoever spoils the end of the
    file does not stop the signing, and the verifier says which line is not ours."""
    try:
        heads: dict[str, Any] = json.loads(line)["body"]["heads"]
    except (ValueError, KeyError, TypeError):
        return None
    return heads


def last_line(opened: Any) -> bytes:
    """The last whole line; a torn one, left by a crash, is cut off first. Reads the file from its
    end and no further than that line: the file grows for as long as the node lives."""
    start = end = opened.seek(0, os.SEEK_END)
    tail = whole = line = b""
    while start and b"\n" not in line:
        step = min(TAIL_BYTES, start)
        start -= step
        opened.seek(start)
        tail = opened.read(step) + tail
        whole = tail[: tail.rfind(b"\n") + 1]
        line = whole.rstrip(b"\n")
    if start + len(whole) != end:
        opened.truncate(start + len(whole))
    return line.rsplit(b"\n", 1)[-1]
