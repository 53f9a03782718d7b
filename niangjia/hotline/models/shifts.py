"""Shifts of agents, and what one hands to the next."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.hotline.models.calls import Call
from niangjia.hotline.models.lines import Line
from niangjia.members.models import Account


class Shift(models.Model):
    """An agent at a line, from when to when. `note` is what the next should know in general, sealed
    under the node's keys; what concerns one call stands in `HandOver`, which is protected with it.
    Whoever begins the next shift acknowledges what was handed over."""

    id = ids.primary_key()
    line = models.ForeignKey(Line, models.PROTECT, related_name="shifts")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    note = EncryptedTextField(null=True)
    acknowledged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["line", "-id"], name="hotline_shift_by_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="hotline_shift_one"
            ),
            models.CheckConstraint(
                name="hotline_shift_acknowledged_by_somebody",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.began_at:%Y-%m-%d %H:%M}"


class HandOverKind(models.TextChoices):
    OPEN = "open", _("Not finished")
    CALL_BACK = "call_back", _("Must be called back")
    WATCH = "watch", _("Keep an eye on it")


class HandOver(models.Model):
    """One call that a shift leaves to the next, with a word about it, sealed under its key."""

    id = ids.primary_key()
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="hand_overs")
    call = models.ForeignKey(Call, models.PROTECT, related_name="hand_overs")
    kind = models.CharField(max_length=10, choices=HandOverKind)
    words = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "call"], name="hotline_hand_over_once")
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.kind}"
