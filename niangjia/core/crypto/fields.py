"""A text column under randomised authenticated encryption."""

from typing import TYPE_CHECKING, Any

from django.db import models

from niangjia.core.crypto.sealing import seal, unseal

if TYPE_CHECKING:
    TextInBinary = models.BinaryField[str | None, str | None]
else:
    TextInBinary = models.BinaryField

__all__ = ["EncryptedTextField", "seal", "unseal"]


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
