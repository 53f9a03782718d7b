"""The catalogue: service items and their versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.organisations.models import Union


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Approved, holds later")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class ServiceItem(models.Model):
    """Something a union does for people. What it says lies in its versions; a name for good.

    `home` is the union whose own it is: there its document is whole, and it is offered there and
    below. Without one it is national.
    """

    id = ids.primary_key()
    key = models.CharField(max_length=40, unique=True, db_collation="C")
    home = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.key

    def is_whole_at(self, union: Union) -> bool:
        """Whether its document is whole at `union`; below it says only what is different."""
        return union.pk == self.home_id if self.home_id else union.depth == 0


class ItemVersion(models.Model):
    """What an item says at one union and below it, from one day to another. Where the item is at
    home (the root of the tree, for a national one) the document is whole; elsewhere it has only
    what is different there."""

    id = ids.primary_key()
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="versions")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField()
    drafted_at = models.DateTimeField()
    drafted_by_account_id = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by_account_id = models.UUIDField(null=True)
    effective_date = models.DateField(
        null=True, help_text="the day from which a scheduled version holds"
    )
    retired_at = models.DateTimeField(null=True)
    retired_by_account_id = models.UUIDField(null=True)
    retired_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "union", "number"], name="item_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["item", "union"],
                condition=Q(state=VersionState.PUBLISHED),
                name="item_one_published_at_a_union",
            ),
            models.UniqueConstraint(
                fields=["item", "union"],
                condition=Q(state=VersionState.DRAFT),
                name="item_one_draft_at_a_union",
            ),
            models.UniqueConstraint(
                fields=["item", "union"],
                condition=Q(state=VersionState.SCHEDULED),
                name="item_one_scheduled_at_a_union",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.SCHEDULED) | Q(effective_date__isnull=False),
                name="item_scheduled_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"


class ItemSnapshot(models.Model):
    """What held where and when a case began: the whole document, stored once however many cases
    began under it. Never changed."""

    id = ids.primary_key()
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="snapshots")
    digest = models.BinaryField(max_length=32, unique=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.item_id} {bytes(self.digest).hex()[:8]}"
