"""`python -m niangjia.core.cleaning`: one file in, one file out, in little memory and time.

Reads a line of JSON (kinds that are allowed, limits) and the file; writes a line of JSON and the
cleaned file. A file that breaks a parser ends this process and no other; there is no key, database
address or other secret in its environment to be had.
"""

import importlib
import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from niangjia.core.cleaning import sniffing
from niangjia.core.cleaning.kinds import PHOTOS, RECORDINGS, Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import Refused

MEMORY_BYTES = 1_500_000_000
SECONDS = 20


def cleaned(content: bytes, allowed: frozenset[Kind], limits: Limits) -> tuple[Kind, Cleaned]:
    """The true kind of `content` and what is left of it. Raises `Refused`."""
    kind = sniffing.kind_of(content)
    if kind not in allowed:
        raise Refused("not-wanted", kind=kind.value)
    made: Cleaned = cleaner_of(kind).clean(content, kind, limits)
    return kind, made


def cleaner_of(kind: Kind) -> Any:
    """The module that takes this kind apart, loaded only now: what the others stand on takes longer
    to load than most files take to be cleaned."""
    if kind in PHOTOS:
        name = "pictures"
    elif kind in RECORDINGS:
        name = "recordings"
    else:
        name = "pdfs" if kind is Kind.PDF else "office"
    return importlib.import_module(f"niangjia.core.cleaning.{name}")


def main() -> None:
    """Answer one request on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    made = Cleaned(b"")
    answer: dict[str, object]
    try:
        kind, made = cleaned(
            content, frozenset(map(Kind, asked["allowed"])), Limits(**asked["limits"])
        )
        answer = {"kind": kind, **{k: v for k, v in asdict(made).items() if k != "content"}}
    except Refused as refusal:
        answer = {"refused": refusal.code, "values": refusal.values}
    except MemoryError:
        answer = {"refused": "too-complex", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made.content)


if __name__ == "__main__":
    main()
