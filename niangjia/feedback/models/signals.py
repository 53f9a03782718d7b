"""Signs of manipulation, kept for people to judge. Nothing is ever deleted because of one."""

from django.db import models

from niangjia.core import ids
from niangjia.feedback.models.choices import SignalKind, Verdict
from niangjia.organisations.models import Union


class Signal(models.Model):
    """Something odd at one union on one day. `facts` holds numbers only."""

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=SignalKind)
    day = models.DateField()
    facts = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    judged_by_account_id = models.UUIDField(null=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    judgement = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["union", "kind", "day"], name="signal_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.union_id} {self.day}"
