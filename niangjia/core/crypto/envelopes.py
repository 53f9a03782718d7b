"""Keys of single records: each lies beside its record, wrapped under the node's envelope key.

Whoever has the database has no key; whoever throws the wrapped key away has erased the record
wherever else a copy of it lies.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from niangjia.core.crypto import keys
from niangjia.core.crypto.sealing import current_suite
from niangjia.core.crypto.suites import BY_NUMBER

USE = "envelope"


@dataclass(frozen=True, repr=False)
class RecordKey:
    """The opened key of one record. `context` names the record ("cases.case:<id>"), and every text
    sealed under it is bound to that and to what it is (`part`)."""

    secret: bytes
    context: str

    def seal(self, text: str, *, part: str) -> bytes:
        """`text` sealed, after one byte that says by which suite."""
        suite = current_suite()
        return bytes([suite.number]) + suite.seal(self.secret, text.encode(), self.bound(part))

    def unseal(self, sealed: bytes | memoryview, *, part: str) -> str:
        """What `seal` was given. Raises `InvalidTag` for another record's, part's or key's."""
        sealed = bytes(sealed)
        suite = BY_NUMBER.get(sealed[0]) if sealed else None
        if suite is None:
            raise InvalidTag
        return suite.unseal(self.secret, sealed[1:], self.bound(part)).decode()

    def bound(self, part: str) -> bytes:
        return f"{self.context}/{part}".encode()


def new_key(context: str) -> tuple[RecordKey, bytes]:
    """A fresh key for the record `context`, and how it is stored."""
    secret = secrets.token_bytes(keys.KEY_BYTES)
    return RecordKey(secret, context), wrap(secret, context)


def wrap(secret: bytes, context: str) -> bytes:
    """`secret` under the current envelope key: suite and key number, then the ciphertext."""
    number, key = keys.ring().current_key(USE)
    suite = current_suite()
    return bytes([suite.number, number]) + suite.seal(key, secret, context.encode())


def open_key(wrapped: bytes | memoryview, context: str) -> RecordKey:
    """The key stored as `wrapped` for the record `context`. Raises `InvalidTag` when it belongs to
    another record, was tampered with, or its envelope key is gone."""
    wrapped = bytes(wrapped)
    try:
        suite, key = BY_NUMBER[wrapped[0]], keys.ring().key(USE, wrapped[1])
    except (KeyError, IndexError) as error:
        raise InvalidTag from error
    return RecordKey(suite.unseal(key, wrapped[2:], context.encode()), context)


def rewrapped(wrapped: bytes | memoryview, context: str) -> bytes | None:
    """`wrapped` under today's suite and envelope key, or None when it is already."""
    number, _key = keys.ring().current_key(USE)
    if bytes(wrapped)[:2] == bytes([current_suite().number, number]):
        return None
    return wrap(open_key(wrapped, context).secret, context)
