"""To whom a union's cases go by themselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.items import ServiceItem
from niangjia.core import ids
from niangjia.members.models import Account
from niangjia.organisations.models import Employer, Union
from niangjia.regions.models import Division


class AssignmentWay(models.TextChoices):
    LEAST = "least", _("Whoever has the fewest open cases for their share")
    ROTATION = "rotation", _("One after the other")


class AssignmentRule(models.Model):
    """What kind of case goes to which officers of `union`, and how one of them is chosen.

    Rules are asked in the order of `position`; the first that fits and has somebody at work is the
    one. An empty condition fits every case. With `everybody` all who handle cases at the union
    take part, else those of `shares`. With `keeps_person` somebody who asked before comes to the
    officer who knows them.
    """

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=60)
    item = models.ForeignKey(ServiceItem, models.PROTECT, null=True, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    urgent_only = models.BooleanField(default=False)
    way = models.CharField(max_length=8, choices=AssignmentWay, default=AssignmentWay.LEAST)
    keeps_person = models.BooleanField(default=True)
    everybody = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by_account_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["union", "position"],
                condition=Q(ended_at__isnull=True),
                name="assignment_rules_of_union",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentShare(models.Model):
    """How much of what a rule assigns goes to one officer: `weight` of 3 is three times as much as
    of 1. `last_at` is when they were last given something by it."""

    id = ids.primary_key()
    rule = models.ForeignKey(AssignmentRule, models.CASCADE, related_name="shares")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "account"], name="assignment_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.account_id}"
