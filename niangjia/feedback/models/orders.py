"""Rectification orders (整改单): what a bad rating sets in motion."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.feedback.models.choices import Finding, Outcome, Stage, StepKind
from niangjia.feedback.models.ratings import Rating
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class RectificationOrder(models.Model):
    """One for each subject, opened by its first bad rating; `rating` is the newest bad one.

    `union` did the service; `handled_by` must put it right now, by `due_at`. The rated officer
    (`rated`) takes no step of it. `reopenings` counts how often it was rated badly again;
    `breached_at` is when a term was last missed since then.
    """

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    subject_kind = models.CharField(max_length=20, db_collation="C")
    subject_id = models.UUIDField()
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="order")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(Union, models.PROTECT, related_name="+")
    rated = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    is_protected = models.BooleanField(default=False)
    tied_employer_ids = ArrayField(models.UUIDField(), default=list)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.VERIFY)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    working_days = models.PositiveSmallIntegerField(help_text="the term this round was given")
    opened_at = models.DateTimeField()
    round_began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="order_once"),
            models.CheckConstraint(
                name="order_closed_has_outcome",
                condition=Q(stage="closed", closed_at__isnull=False) & ~Q(outcome="")
                | (~Q(stage="closed") & Q(closed_at__isnull=True, outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=~Q(stage="closed"), name="order_open_by_due"
            ),
            models.Index(fields=["handled_by", "due_at"], name="order_by_handler"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done, by us or by the person."""
        return self.stage != Stage.CLOSED

    @property
    def runs(self) -> bool:
        """Whether its clock runs: it waits for a union and not for the person."""
        return self.stage not in (Stage.CLOSED, Stage.RATE_AGAIN)

    @property
    def is_breach_recorded(self) -> bool:
        """Whether it is written down that the term it has now was missed."""
        return self.breached_at is not None and self.breached_at > self.round_began_at

    def is_late(self, now: dt.datetime) -> bool:
        """Whether the union should have been done by `now`."""
        return self.runs and now > self.due_at


class OrderStep(models.Model):
    """One step in the life of an order. Append-only: a trigger refuses anything else."""

    id = ids.primary_key()
    order = models.ForeignKey(RectificationOrder, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    by_account_id = models.UUIDField(null=True)
    words = EncryptedTextField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["order", "id"], name="order_step_in_turn")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"
