"""Applications to join or to transfer, on the clock the union promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
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


class Application(models.Model):
    """A worker's request to one union. `due_at` is the promised answer; a late one climbs the tree:
    `handled_by` is the union that must answer now."""

    id = ids.primary_key()
    number = models.CharField(max_length=16, unique=True, null=True, db_collation="C")
    account = models.ForeignKey(Account, models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="applications")
    union = models.ForeignKey(Union, models.PROTECT, related_name="applications")
    handled_by = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ApplicationKind, default=ApplicationKind.JOIN)
    status = models.CharField(
        max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    worker_kind = models.CharField(max_length=16, choices=WorkerKind, blank=True)
    employer_name = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=60, blank=True)
    statement = models.TextField(max_length=1000, blank=True)
    draft = models.JSONField(default=dict, help_text="answers as typed, before they are checked")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
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
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status="draft") | Q(status="submitted"),
                name="application_one_open",
            ),
            models.CheckConstraint(
                name="application_submitted_is_complete",
                condition=~Q(status="submitted")
                | Q(
                    submitted_at__isnull=False,
                    due_at__isnull=False,
                    person__isnull=False,
                    number__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)
