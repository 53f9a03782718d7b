"""The audit chain's rows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from niangjia.core import ids


class AuditEntry(models.Model):
    """Who did what to which thing, when, for what purpose. Never updated, never deleted.

    The `number`-th link of chain `lane`: `mac` covers the row and the link before it, under audit
    key `key`, which the database does not have.
    """

    id = ids.primary_key()
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    account_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=120)
    union_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    lane = models.SmallIntegerField()
    number = models.BigIntegerField()
    key = models.SmallIntegerField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(
                fields=["person_id", "-at"],
                condition=models.Q(person_id__isnull=False),
                name="audit_by_person",
            ),
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["lane", "number"], name="audit_one_link"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class AuditLane(models.Model):
    """The head of one of the chains that are written side by side.

    A transaction that audits takes one lane that nobody holds and keeps it until it ends, so that
    writers do not wait for each other.
    """

    id = ids.primary_key()
    lane = models.SmallIntegerField(unique=True)
    number = models.BigIntegerField(default=0, help_text="of the newest entry; 0 without any")
    mac = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.lane}: {self.number}"
