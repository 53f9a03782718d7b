"""What looks odd about redemptions, and what somebody found."""

import datetime as dt

from django.db import models

from niangjia.benefits.models.choices import Judgement, SignalKind
from niangjia.benefits.models.merchants import Shop
from niangjia.core import ids


class RedemptionSignal(models.Model):
    """Something odd at a shop in one hour, or one day. It accuses nobody: a person looks and
    judges."""

    id = ids.primary_key()
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=16, choices=SignalKind)
    hour_at = models.DateTimeField(help_text="the beginning of the hour, or of the day")
    count = models.PositiveIntegerField(help_text="how many redemptions it is about")
    found_at = models.DateTimeField()
    judgement = models.CharField(max_length=10, choices=Judgement, blank=True)
    words = models.CharField(max_length=500, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "hour_at"], name="redemption_signal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hour_at:%Y-%m-%d %H}"

    @property
    def is_of_day(self) -> bool:
        """Whether it is about a whole day."""
        return self.kind == SignalKind.MANY_IN_DAY

    @property
    def until_at(self) -> dt.datetime:
        """The end of what it is about."""
        return self.hour_at + dt.timedelta(hours=24 if self.is_of_day else 1)


class RedemptionWatch(models.Model):
    """How far redemptions have been looked through; there is one."""

    id = ids.primary_key()
    name = models.CharField(max_length=16, unique=True, default="all", db_collation="C")
    until_at = models.DateTimeField(help_text="the end of the last hour that was looked through")

    def __str__(self) -> str:
        return f"{self.until_at:%Y-%m-%d %H}"
