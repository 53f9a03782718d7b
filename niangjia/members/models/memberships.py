"""Memberships and their history: joined once, carried along (一次入会、动态接转)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models.particulars import Workplace
from niangjia.members.models.persons import Person
from niangjia.organisations.models import Union


class MembershipStatus(models.TextChoices):
    ADMITTED = "admitted", _("Member")
    RESERVED = "reserved", _("Membership reserved")
    ENDED = "ended", _("Ended")


class Membership(models.Model):
    """A person's place in one union. Never in two unions at once: the constraint is the rule.
    A transfer moves this row and keeps its number; its history lies in `changes`."""

    id = ids.primary_key()
    number = models.CharField(max_length=16, unique=True, db_collation="C")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    union = models.ForeignKey(Union, models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=10, choices=MembershipStatus)
    employer_name = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=60, blank=True)
    workplace = models.CharField(max_length=8, choices=Workplace, blank=True, default="")
    admitted_date = models.DateField()
    ended_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["union", "-id"], name="membership_by_union"),
        ]
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

    @property
    def spaced_number(self) -> str:
        """The number as it stands on the card, in fours."""
        return " ".join(self.number[i : i + 4] for i in range(0, len(self.number), 4))


class ChangeKind(models.TextChoices):
    """What happened to a membership."""

    ADMITTED = "admitted", _("Admitted")
    REGISTERED = "registered", _("Entered from the paper register")
    TRANSFERRED = "transferred", _("Transferred")
    HELD = "held", _("Held by the upper union")
    RESERVED = "reserved", _("Membership reserved")
    RESTORED = "restored", _("Membership restored")
    CORRECTED = "corrected", _("Particulars changed")
    ENDED = "ended", _("Ended")


class MembershipChange(models.Model):
    """One step in a membership's history. Append-only. `union` is where the membership lies after
    it; `from_union`, where it lay before, is set when it moved."""

    id = ids.primary_key()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=MembershipStatus)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    from_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    by_account_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    particulars = models.JSONField(
        default=dict, help_text="what a correction changed: field → before and after, as text"
    )

    def __str__(self) -> str:
        return f"{self.membership_id} {self.kind}"
