"""The timeline of a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.cases import Case
from niangjia.core import ids
from niangjia.organisations.models import Union


class EntryKind(models.TextChoices):
    """What happened."""

    OPENED = "opened", _("Received")
    STEP = "step", _("Step taken")
    NOTE = "note", _("Note")
    MESSAGE = "message", _("Message")
    ASSIGNED = "assigned", _("Assigned")
    PAUSED = "paused", _("Clock paused")
    RESUMED = "resumed", _("Clock goes on")
    EXTENDED = "extended", _("Term extended")
    TERM = "term", _("Another term promised")
    REMINDED = "reminded", _("Reminder")
    BREACHED = "breached", _("Late")
    ESCALATED = "escalated", _("Passed up")
    TAKEN_OVER = "taken_over", _("Taken over")
    TRANSFERRED = "transferred", _("Transferred")
    OBJECTED = "objected", _("Transfer objected to")
    OBJECTED_TO_NOTICE = "notice_no", _("Objection to the public notice")
    JOINED = "joined", _("Handled jointly")
    LEFT = "left", _("Joint handling ended")
    LINKED = "linked", _("Linked")
    DOCUMENT = "document", _("Letter")
    FILE = "file", _("File added")
    NAMING = "naming", _("Being named")
    PARTY = "party", _("Employer named")
    MOVED = "moved", _("The applicant has moved")
    DIED = "died", _("The applicant has died")
    GROUP = "group", _("Group")
    REPRESENTED = "represented", _("Representative elected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Finished")
    REOPENED = "reopened", _("Opened again")


class CaseEntry(models.Model):
    """One thing that happened: who, when, what. Append-only: a trigger refuses every change.

    `words` is sealed under the case's key. `facts` is JSON without personal data. `is_public` says
    whether the applicant reads it; who acted is shown to them as the union's name only.
    """

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=EntryKind)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.CharField(max_length=40, blank=True, db_collation="C")
    outcome = models.CharField(max_length=40, blank=True, db_collation="C")
    words = models.BinaryField(null=True)
    facts = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_entry_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind}"
