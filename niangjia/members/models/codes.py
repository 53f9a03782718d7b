"""One-time codes, and the tries that are counted to throttle guessing (promise 15)."""

from typing import cast

from django.db import models

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.members.models.accounts import Account


class CodePurpose(models.TextChoices):
    """What a code proves. A code for one purpose is none for another."""

    SIGN_IN = "sign_in"
    OLD_PHONE = "old_phone"
    NEW_PHONE = "new_phone"


class OneTimeCode(models.Model):
    """A code that was sent to a phone. Stored as a digest, right once, wrong a few times."""

    id = ids.primary_key()
    purpose = models.CharField(max_length=12, choices=CodePurpose)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    phone = cast("models.Field[str, str]", EncryptedTextField())
    phone_digest = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries_left = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class Attempt(models.Model):
    """One try at something that is throttled; whose it was is known only as a digest."""

    id = ids.primary_key()
    action = models.CharField(max_length=20)
    key_digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["action", "key_digest", "at"], name="attempt_by_key")]

    def __str__(self) -> str:
        return f"{self.action} {self.at}"
