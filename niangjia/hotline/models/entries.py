"""What happened to a work order besides what happened to its case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids


class OrderEntryKind(models.TextChoices):
    GRADED = "graded", _("Another grade")
    FLAGGED = "flagged", _("Found to be urgent")
    PAGED = "paged", _("Paged")
    ACKNOWLEDGED = "acknowledged", _("Taken on by who was paged")
    RETURNED = "returned", _("Came back to the line")
    KEPT = "kept", _("Stays where it is")
    HANDLED = "handled", _("Settled")
    ASKED = "asked", _("Asked how it was")
    CALLED = "called", _("Called back")
    RECTIFYING = "rectifying", _("To be put right")
    CALL_AGAIN = "call_again", _("To be called back again")
    CHECKED = "checked", _("Quality check")
    CLOSED = "closed", _("Closed")


class OrderEntry(models.Model):
    """One thing that happened: who, when, what. Append-only: a trigger refuses every change.

    Which union had the matter when stands on the timeline of its case, and is not repeated here.
    `words` is sealed under the order's key; `facts` is JSON without personal data.
    """

    id = ids.primary_key()
    order = models.ForeignKey("hotline.WorkOrder", models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=OrderEntryKind)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    words = models.BinaryField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"], name="hotline_order_entry_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number} {self.kind}"
