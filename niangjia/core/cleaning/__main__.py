"""`python -m niangjia.core.cleaning`: one file in, one file out, in little memory and time.

Reads a line of JSON (kinds that are allowed, limits) and the file; writes a line of JSON and the
cleaned file. A file that breaks a parser ends this process and no other; there is no key, database
address or other secret in its environment to be had.
"""

import json
import resource
import sys
from dataclasses import asdict

from niangjia.core.cleaning import office, pdfs, pictures, recordings, sniffing
from niangjia.core.cleaning.kinds import PHOTOS, RECORDINGS, Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import Refused

MEMORY_BYTES = 1_500_000_000
SECONDS = 20


def cleaned(content: bytes, allowed: frozenset[Kind], limits: Limits) -> tuple[Kind, Cleaned]:
    """The true kind of `content` and what is left of it. Raises `Refused`."""
    kind = sniffing.kind_of(content)
    if kind not in allowed:
        raise Refused("not-wanted", kind=kind.value)
    if kind in PHOTOS:
        return kind, pictures.clean(content, kind, limits)
    if kind in RECORDINGS:
        return kind, recordings.clean(content, kind, limits)
    if kind is Kind.PDF:
        return kind, pdfs.clean(content, kind, limits)
    return kind, office.clean(content, kind, limits)


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
