"""What looks odd about redemptions, and what somebody found."""

from django.db import models

from niangjia.benefits.models.choices import Judgement, SignalKind
from niangjia.benefits.models.merchants import Shop
from niangjia.core import ids


class RedemptionSignal(models.Model):
    """Something odd at a shop in one hour. It accuses nobody: a person looks and judges."""

    id = ids.primary_key()
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=16, choices=SignalKind)
    hour_at = models.DateTimeField(help_text="the beginning of the hour")
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
