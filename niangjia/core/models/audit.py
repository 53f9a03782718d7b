"""The audit chain's rows."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from niangjia.core import ids


class AuditEntry(models.Model):
    """Who did what to which thing, when, for what purpose. Never updated, never deleted."""

    id = ids.primary_key()
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    account_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=120)
    union_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="audit_by_person"),
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
