"""Requests that were answered, so that asking again changes nothing."""

from django.db import models

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField


class AnsweredRequest(models.Model):
    """One write that `account_id` made under `key`, and the answer it got.

    The row commits with the write's effect: there is an effect if and only if there is an answer.
    """

    id = ids.primary_key()
    account_id = models.UUIDField()
    key = models.CharField(max_length=200, db_collation="C")
    digest = models.BinaryField(max_length=32, help_text="of method, address and content")
    answer = EncryptedTextField(null=True, help_text="null while the first is at work")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "key"], name="answered_once"),
        ]

    def __str__(self) -> str:
        return self.key
