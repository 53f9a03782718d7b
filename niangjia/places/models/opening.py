"""How a place came to the public: each step of the way, who took it and what they said."""

from django.db import models

from niangjia.core import ids
from niangjia.places.models.choices import State
from niangjia.places.models.places import Place


class Step(models.Model):
    """One step towards the public or back: `to` is the state it led to.

    `answers` are those of the checklist (`rules.checklists`) where somebody went and looked; `who`
    is the person who did, by name, as officers are named in their union's papers.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    to = models.CharField(max_length=10, choices=State)
    words = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    checklist = models.PositiveSmallIntegerField(null=True, help_text="version of the checklist")
    by_account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "-at"], name="step_by_place")]

    def __str__(self) -> str:
        return f"{self.at} {self.to}"
