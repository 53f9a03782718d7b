"""Memberships and their history: joined once, carried along (一次入会、动态接转)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models.persons import Person
from niangjia.organisations.models import Union


class MembershipStatus(models.TextChoices):
    ADMITTED = "admitted", _("Member")
    RESERVED = "reserved", _("Membership reserved")
    ENDED = "ended", _("Ended")


class Membership(models.Model):
    """A person's place in one union. Never in two unions at once: the constraint is the rule."""

    id = ids.primary_key()
    number = models.CharField(max_length=16, unique=True, db_collation="C")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    union = models.ForeignKey(Union, models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=10, choices=MembershipStatus)
    employer_name = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=60, blank=True)
    admitted_date = models.DateField()
    ended_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(status="ended"),
                name="membership_in_one_union_only",
            ),
            models.CheckConstraint(
                name="membership_ended_has_date",
                condition=Q(status="ended", ended_date__isnull=False)
                | (~Q(status="ended") & Q(ended_date__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MembershipChange(models.Model):
    """One step in a membership's history. Append-only."""

    id = ids.primary_key()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=MembershipStatus)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    by_account_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.status}"
