"""What an upload truly is, and a clean copy of it (promise 30)."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.conf import settings

from niangjia.core.cleaning.kinds import EVERY_KIND, Kind, Limits
from niangjia.core.files import names, reasons

LIMITS = Limits()
#: Files a process checks at a time; each may take 1.5 GB and 20 s of computing.
AT_A_TIME = threading.BoundedSemaphore(2)
#: Seconds: that one waits for its turn, and that one check may take on the clock.
PATIENCE, LONGEST_CHECK = 20, 40
READ_BYTES = 1 << 20


class Stream(Protocol):
    """An open file, or what Django hands a view for one."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class Examined:
    """A file that may be stored: its true kind, a name fit to show, and the clean content.

    `size` in bytes and `sha256` are of the clean content, not of what was sent. `pages` for a PDF,
    `pixels` (width, height) for a picture.
    """

    kind: Kind
    name: str
    size: int
    sha256: str
    content: bytes
    pages: int | None = None
    pixels: tuple[int, int] | None = None


def examine(
    stream: Stream,
    *,
    name: str,
    allowed: Collection[Kind] = EVERY_KIND,
    limits: Limits = LIMITS,
    field: str = "file",
) -> Examined:
    """Check an upload by its content and put it together anew, metadata left out.

    Neither `name` nor any header is believed. Raises `Invalid` with words beside `field` that say
    what to do instead (codes: `file-` and the keys of `reasons.WORDS`), `Unavailable` when too many
    are being checked at once.
    """
    content = read_at_most(stream, limits.size)
    if content is None:
        values = {"megabytes": limits.size // 1_000_000}
        raise reasons.refusal("too-large", field=field, allowed=allowed, values=values)
    answer, clean = in_a_process_of_its_own(content, allowed, limits)
    if "refused" in answer:
        raise reasons.refusal(
            answer["refused"], field=field, allowed=allowed, values=answer["values"]
        )
    kind, pixels = Kind(answer["kind"]), answer["pixels"]
    return Examined(
        kind=kind,
        name=names.clean_name(name, kind),
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
        content=clean,
        pages=answer["pages"],
        pixels=(pixels[0], pixels[1]) if pixels else None,
    )


def read_at_most(stream: Stream, size: int) -> bytes | None:
    """The whole of `stream`; None as soon as it is longer than `size`."""
    told = getattr(stream, "size", None)
    if isinstance(told, int) and told > size:
        return None
    read = bytearray()
    while part := stream.read(READ_BYTES):
        read += part
        if len(read) > size:
            return None
    return bytes(read)


def in_a_process_of_its_own(
    content: bytes, allowed: Collection[Kind], limits: Limits
) -> tuple[dict[str, Any], bytes]:
    """Ask `core.cleaning`, which may die of the file without anybody else noticing."""
    asked = {"allowed": sorted(allowed), "limits": asdict(limits)}
    if not AT_A_TIME.acquire(timeout=PATIENCE):
        return {"refused": "busy", "values": {}}, b""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "niangjia.core.cleaning"],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=LONGEST_CHECK,
            cwd="/",
            env={"PYTHONPATH": str(settings.BASE_DIR)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "too-complex", "values": {}}, b""
    finally:
        AT_A_TIME.release()
    head, _, clean = done.stdout.partition(b"\n")
    if done.returncode or not head:
        return {"refused": "too-complex", "values": {}}, b""
    return json.loads(head), clean
