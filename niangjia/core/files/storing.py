"""Files in the database, under the data key of the record they belong to.

In the database, so that one backup holds everything, one transaction stores a record with its
files, and erasing leaves nothing on a disk. In chunks, so that nobody holds a whole file in memory
to read it. Each chunk and the head are sealed by the node's suite and bound to the record
(`context`), the file, the chunk's number and whether it is the last: a chunk moved, repeated,
left out or cut off is found before any of it leaves.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from django.db import transaction

from niangjia.core.cleaning.kinds import Kind
from niangjia.core.crypto.sealing import current_suite
from niangjia.core.crypto.suites import BY_NUMBER, Suite
from niangjia.core.files.examining import Examined
from niangjia.core.models import FileChunk, StoredFile

CHUNK_BYTES = 256 * 1024
SALT_BYTES = 16
KEY_BYTES = 32
HEAD = -1


@dataclass(frozen=True)
class OpenedFile:
    """A stored file whose head has been read and held."""

    name: str
    kind: Kind
    size: int
    sha256: str
    pages: int | None
    stored: StoredFile
    key: bytes
    context: bytes

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces of at most 256 KiB, one query each.

        Raises `cryptography.exceptions.InvalidTag` at the first piece that is not what was stored.
        """
        suite = BY_NUMBER[self.stored.suite]
        salt, last = bytes(self.stored.salt), self.stored.chunks - 1
        for number in range(self.stored.chunks):
            sealed = sealed_chunk(self.stored, number)
            bound = binding(self.context, salt, number, is_last=number == last)
            yield suite.unseal(self.key, sealed, bound)

    def read(self) -> bytes:
        """The whole content."""
        return b"".join(self.chunks())


def sealed_chunk(stored: StoredFile, number: int) -> bytes:
    found = FileChunk.objects.filter(file=stored, number=number).values_list("sealed", flat=True)
    for sealed in found:
        return bytes(sealed)
    raise InvalidTag


def binding(context: bytes, salt: bytes, number: int, *, is_last: bool) -> bytes:
    """What a piece is bound to. Lengths first, so that no two bindings read the same."""
    return b"file\0%d\0%s%s%d\0%d" % (len(context), context, salt, number, is_last)


@transaction.atomic
def store(*, examined: Examined, key: bytes, context: bytes) -> StoredFile:
    """Store a checked file under `key`, the 32 bytes of the owning record, bound to `context`,
    which names that record ("cases.case:<id>"). In the caller's transaction.

    Name, kind, size and digest are sealed as well: the table tells nothing but when and how much.
    Raises `ValueError` for a key of another length.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    suite, salt = current_suite(), secrets.token_bytes(SALT_BYTES)
    pieces = [
        examined.content[at : at + CHUNK_BYTES]
        for at in range(0, len(examined.content), CHUNK_BYTES)
    ]
    stored = StoredFile.objects.create(
        suite=suite.number,
        salt=salt,
        chunks=len(pieces),
        head=sealed_head(suite, examined, key, context, salt),
    )
    for number, piece in enumerate(pieces):
        bound = binding(context, salt, number, is_last=number == len(pieces) - 1)
        FileChunk.objects.create(file=stored, number=number, sealed=suite.seal(key, piece, bound))
    return stored


def sealed_head(suite: Suite, examined: Examined, key: bytes, context: bytes, salt: bytes) -> bytes:
    head = {
        "name": examined.name,
        "kind": examined.kind,
        "size": examined.size,
        "sha256": examined.sha256,
        "pages": examined.pages,
    }
    text = json.dumps(head, ensure_ascii=False).encode()
    return suite.seal(key, text, binding(context, salt, HEAD, is_last=False))


def open_stored(stored: StoredFile, *, key: bytes, context: bytes) -> OpenedFile:
    """Open a stored file with the key and context it was stored under.

    Raises `cryptography.exceptions.InvalidTag` when key, context or the row is another.
    """
    bound = binding(context, bytes(stored.salt), HEAD, is_last=False)
    head = json.loads(BY_NUMBER[stored.suite].unseal(key, bytes(stored.head), bound))
    return OpenedFile(
        name=head["name"],
        kind=Kind(head["kind"]),
        size=head["size"],
        sha256=head["sha256"],
        pages=head["pages"],
        stored=stored,
        key=key,
        context=context,
    )


def erase(stored: StoredFile) -> None:
    """Delete a file and its chunks. What backups still hold cannot be read once the record's key is
    gone (promise 13)."""
    stored.delete()
