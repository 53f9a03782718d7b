"""Calling back whoever rated badly: every one whom we can find."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.feedback.models.choices import CallResult
from niangjia.feedback.models.ratings import Rating
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class CallBack(models.Model):
    """One person to call about one bad rating, by somebody who is not the rated officer. Done when
    they were reached, or three times not. `contact` is the way to them that somebody unknown left
    with the rating; it is forgotten once the call is done."""

    id = ids.primary_key()
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="call_back")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    rated = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    contact = EncryptedTextField(null=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=12, choices=CallResult, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_back_done_has_result",
                condition=Q(done_at__isnull=True, result="")
                | (Q(done_at__isnull=False) & ~Q(result="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True),
                name="call_back_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.result or self.tries}"


class Call(models.Model):
    """One try. Append-only."""

    id = ids.primary_key()
    call_back = models.ForeignKey(CallBack, models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by_account_id = models.UUIDField()
    result = models.CharField(max_length=12, choices=CallResult)
    words = EncryptedTextField(null=True)

    def __str__(self) -> str:
        return f"{self.call_back_id} {self.result}"
