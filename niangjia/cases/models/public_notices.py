"""What is published so that everybody can see that it is fair (公示)."""

from django.db import models
from django.db.models import Q

from niangjia.cases.models.cases import Case
from niangjia.cases.models.items import ServiceItem
from niangjia.core import ids
from niangjia.organisations.models import Union


class PublicNotice(models.Model):
    """A case while a step of it `announces`: who, with the name masked, asks for what, where, and
    until when anybody may object. Nothing else of the case stands here, and its number neither.
    Public by its purpose; shown only while it lasts."""

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="public_notices")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    item_name = models.JSONField()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    masked_name = models.CharField(max_length=60)
    published_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["union", "until_at"],
                condition=Q(ended_at__isnull=True),
                name="public_notice_current",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="public_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.masked_name}"
