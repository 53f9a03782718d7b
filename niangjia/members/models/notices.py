"""The in-app inbox: what a person needs to know."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.members.models.accounts import Account


class Notice(models.Model):
    """One message. Stored as a kind and its facts, so that it reads in either language."""

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_by_account"),
            models.Index(
                fields=["account"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
