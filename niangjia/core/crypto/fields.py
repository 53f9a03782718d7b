"""A text column under randomised authenticated encryption."""

import secrets
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from niangjia.core.crypto import keys

NONCE_BYTES = 12

if TYPE_CHECKING:
    TextInBinary = models.BinaryField[str | None, str | None]
else:
    TextInBinary = models.BinaryField


def seal(text: str, *, context: str) -> bytes:
    """Encrypt `text`, bound to `context` so that it cannot be moved to another column."""
    ring = keys.ring()
    name = ring.current["encryption"]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(ring.keys["encryption"][name]).encrypt(nonce, text.encode(), context.encode())
    return bytes([int(name)]) + nonce + sealed


def unseal(sealed: bytes, *, context: str) -> str:
    """The text that `seal` was given. Raises `InvalidTag` when one bit or the context differs."""
    key = keys.ring().keys["encryption"][str(sealed[0])]
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, body, context.encode()).decode()


class EncryptedTextField(TextInBinary):
    """Text in Python, ciphertext in the database. Cannot be filtered on: use a digest column."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> bytes | None:
        return None if value is None else seal(value, context=self.context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value), context=self.context)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
