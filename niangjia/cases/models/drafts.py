"""What somebody has typed so far."""

from django.db import models

from niangjia.cases.models.items import ItemSnapshot, ServiceItem
from niangjia.core import ids


class CaseDraft(models.Model):
    """Answers as they are typed, unchecked, one draft an item and person; gone once handed in.

    `snapshot` is the document it was typed under, so that what has changed since can be said.
    `window` is the showing of the form that saved last: its own next save meets no other's.
    """

    id = ids.primary_key()
    owner_digest = models.BinaryField(max_length=32)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(ItemSnapshot, models.PROTECT, null=True, related_name="+")
    sealed_key = models.BinaryField()
    answers = models.BinaryField()
    version = models.PositiveIntegerField(default=0)
    window = models.CharField(max_length=40, blank=True, db_collation="C")
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="when it is thrown away by itself")

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="case_draft_expires")]
        constraints = [
            models.UniqueConstraint(fields=["owner_digest", "item"], name="case_draft_one_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.version}"
