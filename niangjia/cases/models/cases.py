"""Cases: somebody asked for something, and a union owes them an end to it."""

import datetime as dt
import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.items import ItemSnapshot, ServiceItem
from niangjia.core import ids
from niangjia.members.models import Account, Person
from niangjia.organisations.models import Union
from niangjia.regions.models import Division


class State(models.TextChoices):
    OPEN = "open", _("In progress")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Finished")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Way(models.TextChoices):
    """By which way a case came."""

    PORTAL = "portal", _("Online")
    HOTLINE = "hotline", _("12351 hotline")
    COUNTER = "counter", _("At the counter")
    PAPER = "paper", _("On paper")
    INNER = "inner", _("From within the union")


def no_mark() -> bytes:
    """What stands in `Case.mark` of a case that is what it seems."""
    return secrets.token_bytes(32)


class Case(models.Model):
    """One matter, from the first word to the end of it.

    `handler` is the union whose turn it is; `handler_path` repeats its path, kept true by a
    trigger, so that scope is one range of one index. `accused_ids` are the employers complained
    about: nobody tied to one of them is ever shown this row (row-level security repeats it). What
    was said, and who said it, lies sealed in `answers` under a key of the case's own,
    `sealed_key`; a list never opens it. `about_ids` are the unions at which somebody works whom it
    is about, `excluded_ids` the accounts of those people: it is shown to none of them. A complaint
    names its applicant nowhere else: they find it by `owner_digest`, a keyed digest of their
    account or of the receipt they were given. `mark` says, to whoever has the key and to nobody
    else, whether it is a decoy (`services.decoys`).
    """

    id = ids.primary_key()
    number = models.CharField(max_length=16, unique=True, db_collation="C")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(ItemSnapshot, models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=8, choices=Way, default=Way.PORTAL)
    is_complaint = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True, help_text="in which it was asked for")
    people_count = models.PositiveIntegerField(default=1)

    applicant = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    owner_digest = models.BinaryField(
        max_length=32, help_text="of the account or the receipt that may read it as its applicant"
    )
    person_digest = models.BinaryField(max_length=32, null=True)
    is_anonymous = models.BooleanField(default=False)
    sealed_key = models.BinaryField()
    answers = models.BinaryField()
    mark = models.BinaryField(max_length=32, default=no_mark)

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", db_index=False)
    began_at = models.ForeignKey(Union, models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(Union, models.PROTECT, related_name="+", db_index=False)
    handler_path = models.CharField(max_length=160, db_collation="C")
    raised_to = models.ForeignKey(
        Union,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="the union above that was called when a term ran out, and may take over",
    )
    late_at = models.DateTimeField(
        null=True, help_text="when the clock found a term broken; until somebody acts"
    )
    sharing_paths = ArrayField(
        models.CharField(max_length=160, db_collation="C"),
        default=list,
        help_text="of unions that see it as well: where it began, joint handlers, raised_to",
    )
    assigned_to = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_index=False
    )
    accused_ids = ArrayField(models.UUIDField(), default=list)
    about_ids = ArrayField(
        models.UUIDField(), default=list, help_text="unions at which somebody works it is about"
    )
    excluded_ids = ArrayField(
        models.UUIDField(), default=list, help_text="accounts it is about, or too close to it"
    )

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    step = models.CharField(max_length=40, db_collation="C")
    result = models.CharField(max_length=10, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    # Each due time is a count of days from a day, so that another calendar moves it.
    due_from = models.DateField()
    due_days = models.PositiveSmallIntegerField()
    due_unit = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    step_from = models.DateField()
    step_days = models.PositiveSmallIntegerField(null=True)
    step_unit = models.CharField(max_length=8, blank=True)
    next_due_at = models.DateTimeField(help_text="what comes first of the step's and the case's")
    clock_at = models.DateTimeField(help_text="when the clock has to look at it again")
    reminded = models.BooleanField(default=False)
    breaches = models.PositiveSmallIntegerField(default=0)
    due_breached_at = models.DateTimeField(null=True)
    extended_times = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    resume_by = models.DateTimeField(null=True)
    paused_days = models.PositiveSmallIntegerField(default=0)

    #: For whom the officer who holds it acts, if not for themselves. Not stored: each entry is.
    acting_for: uuid.UUID | None = None

    class Meta:
        # Every index is written with every step and every tick of the clock: those that no question
        # needs (unions, divisions, snapshots and accounts are never deleted) would cost a third of
        # that. What a union handles is asked for by `handler_path`.
        indexes = [
            models.Index(
                fields=["raised_to", "next_due_at", "id"],
                condition=Q(state__in=["open", "paused"], raised_to__isnull=False),
                name="case_queue_raised",
            ),
            models.Index(
                fields=["next_due_at", "id"],
                condition=Q(state__in=["open", "paused"], late_at__isnull=False),
                name="case_queue_late",
            ),
            models.Index(
                fields=["assigned_to", "next_due_at", "id"],
                condition=Q(state__in=["open", "paused"]),
                name="case_queue_of_officer",
            ),
            models.Index(
                fields=["next_due_at", "id"],
                condition=Q(state__in=["open", "paused"]),
                name="case_queue",
            ),
            models.Index(
                fields=["handler_path", "next_due_at", "id"],
                condition=Q(state__in=["open", "paused"]),
                name="case_queue_of_place",
            ),
            models.Index(
                fields=["next_due_at", "id"],
                condition=Q(state__in=["open", "paused"], is_urgent=True),
                name="case_queue_urgent",
            ),
            models.Index(
                fields=["clock_at", "id"],
                condition=Q(state__in=["open", "paused"]),
                name="case_clock",
            ),
            models.Index(fields=["id"], condition=~Q(about_ids=[]), name="case_about_officers"),
            models.Index(fields=["handler_path", "-id"], name="case_by_place"),
            models.Index(fields=["owner_digest", "-id"], name="case_by_owner"),
            models.Index(
                fields=["person_digest", "-id"],
                condition=Q(person_digest__isnull=False),
                name="case_by_person",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_has_moment_and_result",
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(result=""))
                | Q(state="withdrawn", closed_at__isnull=False)
                | Q(state__in=["open", "paused"], closed_at__isnull=True, result=""),
            ),
            models.CheckConstraint(
                name="case_paused_has_moment",
                condition=Q(state="paused", paused_at__isnull=False, resume_by__isnull=False)
                | (~Q(state="paused") & Q(paused_at__isnull=True, resume_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_raised_is_late",
                condition=Q(raised_to__isnull=True) | Q(late_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_complaint_names_nobody_in_the_clear",
                condition=Q(is_complaint=False) | Q(applicant__isnull=True, person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether the union still owes something."""
        return self.state in (State.OPEN, State.PAUSED)

    def is_late(self, now: dt.datetime) -> bool:
        """Whether a promised moment has passed and nobody has acted since: the clock, once it has
        looked, gives days of their own to whoever it called."""
        if self.late_at is not None:
            return self.is_open
        return self.state == State.OPEN and self.next_due_at < now

    def catch_up(self) -> None:
        """Somebody has acted: it is late no longer, and no union above is waited for."""
        self.late_at = self.raised_to = None


class CaseUnit(models.Model):
    """A union's part in a case: it handled it, or handles it together with the handler."""

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="units")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    is_joint = models.BooleanField(default=False)
    since = models.DateTimeField()
    done_at = models.DateTimeField(null=True, help_text="when a joint unit had done its part")
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "union", "is_joint"],
                condition=Q(until__isnull=True),
                name="case_unit_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.union_id}"
