"""Officers on leave, and who stands in for them."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.members.models.accounts import Account


class Substitution(models.Model):
    """`substitute` does the work of `absent` from `starts_at` until `ends_at`, and then no more.

    What it lends stands in `members.Post` (`lent_from`), and is arranged anew each minute.
    """

    id = ids.primary_key()
    absent = models.ForeignKey(Account, models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Account, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    named_at = models.DateTimeField()
    named_by_account_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by_account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(ended_at__isnull=True), name="substitution_running"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="substitution_of_another", condition=~Q(absent=F("substitute"))
            ),
            models.CheckConstraint(
                name="substitution_lasts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id} {self.substitute_id}"

    @property
    def last_day(self) -> dt.datetime:
        """A moment of the last day."""
        return self.ends_at - dt.timedelta(seconds=1)

    def is_live(self, now: dt.datetime) -> bool:
        """Whether it holds at this moment."""
        return self.ended_at is None and self.starts_at <= now < self.ends_at
