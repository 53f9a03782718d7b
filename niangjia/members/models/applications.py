"""Applications to join or to transfer, on the clock the union promised."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.members.models.accounts import Account
from niangjia.members.models.persons import Person
from niangjia.organisations.models import Union, WorkerKind


class ApplicationKind(models.TextChoices):
    JOIN = "join", _("Joining")
    TRANSFER = "transfer", _("Transfer from another union")


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for an answer")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EmploymentStatus(models.TextChoices):
    """How somebody earns their living at the moment."""

    EMPLOYED = "employed", _("Employed")
    FLEXIBLE = "flexible", _("Flexible work: platform, part-time, self-employed")
    BETWEEN_JOBS = "between_jobs", _("Between jobs")


class Application(models.Model):
    """A worker's request to one union. `due_at` is the promised answer; a late one climbs the tree:
    `handled_by` is the union that must answer now. `draft` holds the answers as they are typed,
    identity number and all, so it is encrypted, and emptied on submission."""

    id = ids.primary_key()
    number = models.CharField(max_length=16, unique=True, null=True, db_collation="C")
    account = models.ForeignKey(Account, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="applications")
    union = models.ForeignKey(Union, models.PROTECT, related_name="applications")
    handled_by = models.ForeignKey(Union, models.PROTECT, related_name="+")
    reviews = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="review",
        help_text="the refused application the upper union is asked to look at again",
    )
    kind = models.CharField(max_length=10, choices=ApplicationKind, default=ApplicationKind.JOIN)
    status = models.CharField(
        max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    worker_kind = models.CharField(max_length=16, choices=WorkerKind, blank=True)
    employment_status = models.CharField(max_length=16, choices=EmploymentStatus, blank=True)
    employer_name = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=60, blank=True)
    statement = models.TextField(max_length=1000, blank=True)
    draft = EncryptedTextField(null=True)
    draft_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    answer_working_days = models.PositiveSmallIntegerField(
        null=True, help_text="what was promised when the clock began, from which due_at is counted"
    )
    escalated_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_account_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(status="submitted"), name="application_open"
            ),
            models.Index(
                fields=["handled_by", "due_at"],
                condition=Q(status="submitted"),
                name="application_open_by_union",
            ),
            models.Index(fields=["account", "-id"], name="application_by_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status="draft") | Q(status="submitted"),
                name="application_one_open",
            ),
            models.CheckConstraint(
                name="application_submitted_is_complete",
                condition=Q(status="draft")
                | Q(
                    submitted_at__isnull=False,
                    due_at__isnull=False,
                    person__isnull=False,
                    number__isnull=False,
                    draft__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="application_decided_has_moment",
                condition=~Q(status__in=["admitted", "refused"])
                | Q(decided_at__isnull=False, decided_by_account_id__isnull=False),
            ),
            models.CheckConstraint(
                name="application_refusal_has_reason",
                condition=~Q(status="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def is_open(self) -> bool:
        """Whether somebody owes the applicant an answer."""
        return self.status == ApplicationStatus.SUBMITTED

    def is_late(self, now: dt.datetime) -> bool:
        """Whether the promised moment has passed without an answer."""
        return self.is_open and self.due_at is not None and self.due_at < now


class StepKind(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    ESCALATED = "escalated", _("Passed up")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ApplicationStep(models.Model):
    """One thing that happened to an application: when, and whose turn it was then. Append-only."""

    id = ids.primary_key()
    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="the answer promised from this step on")
    by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "union"], name="application_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"
