"""What somebody has typed so far."""

from django.db import models

from niangjia.cases.models.items import ServiceItem
from niangjia.core import ids


class CaseDraft(models.Model):
    """Answers as they are typed, unchecked, one draft an item and person; gone once handed in."""

    id = ids.primary_key()
    owner_digest = models.BinaryField(max_length=32)
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    answers = models.BinaryField()
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_digest", "item"], name="case_draft_one_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.version}"
