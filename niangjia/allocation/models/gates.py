"""Gates: where people come in with their codes, who keeps them, and who came."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models.claims import Claim
from niangjia.allocation.models.pools import Pool
from niangjia.core import ids
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class Gate(models.Model):
    """The way in to one occasion, however many doors it has. The room above knows the occasion by
    its name ("session:<id>"); codes are bound to it."""

    id = ids.primary_key()
    occasion = models.CharField(max_length=80, unique=True, db_collation="C")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="gates")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    shut_at = models.DateTimeField(null=True, help_text="when its occasion was called off")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gate_begins_before_it_ends", condition=Q(begins_at__lt=F("ends_at"))
            )
        ]
        indexes = [models.Index(fields=["pool", "begins_at"], name="gate_of_pool")]

    def __str__(self) -> str:
        return self.occasion


class Steward(models.Model):
    """Somebody who stands at a gate. Named by an officer, for this gate alone."""

    id = ids.primary_key()
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="stewards")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "account"],
                condition=Q(ended_at__isnull=True),
                name="steward_once_a_gate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.account_id}"


class EntryState(models.TextChoices):
    """Whether somebody is counted as having come."""

    ADMITTED = "admitted", _("Came in")
    FOLLOWED = "followed", _("Came in with their team")
    CONFLICT = "conflict", _("To be looked at")
    SETTLED = "settled", _("Looked at")


class EntryWay(models.TextChoices):
    """How the steward knew them."""

    CODE = "code", _("Scanned")
    DIGITS = "digits", _("Typed")
    LIST = "list", _("Chosen from the list")


class Problem(models.TextChoices):
    """Why an entry is for a person to look at."""

    NONE = "", ""
    AGAIN = "again", _("Had come in already")
    REPLAYED = "replayed", _("The same code was shown twice")
    NOT_THEIRS = "not_theirs", _("Has no part of this any more")
    UNPROVEN = "unproven", _("The code does not fit this person")
    CLOCK = "clock", _("The device's clock was too far off")
    OUT_OF_TIME = "out_of_time", _("Not while the gate was open")
    ENDED = "ended", _("Noted by somebody who keeps this gate no more")
    PARTED = "parted", _("Somebody of these is not in the team any more")


class Judgement(models.TextChoices):
    """What a person found."""

    NONE = "", ""
    HARMLESS = "harmless", _("Harmless: they went out and came back, or it was a slip")
    LET_IN = "let_in", _("They did come in: count them")
    MISUSED = "misused", _("Somebody came in with another's code")


class Entry(models.Model):
    """Somebody came to a gate. The id is made by the steward's device, so that what is sent twice
    is there once. `at` is the device's time, set right by how far its clock was off. `members` are
    those of the claim's party whom the steward saw come in; when the claim itself is in already,
    the entry is one that followed."""

    id = models.UUIDField(primary_key=True)
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="entries")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="entries")
    steward = models.ForeignKey(Account, models.PROTECT, related_name="+")
    door = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=8, choices=EntryWay)
    step = models.BigIntegerField(null=True, help_text="the half minute the code was shown in")
    members = ArrayField(
        models.UUIDField(), default=list, help_text="as the room above names them (`rules.parties`)"
    )
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EntryState)
    problem = models.CharField(max_length=12, choices=Problem, blank=True)
    judgement = models.CharField(max_length=10, choices=Judgement, blank=True)
    judged_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "claim"],
                condition=Q(state="admitted"),
                name="entry_once_a_gate",
            ),
            models.CheckConstraint(
                name="entry_conflict_has_problem",
                condition=Q(state__in=("admitted", "followed")) | ~Q(problem=""),
            ),
            models.CheckConstraint(
                name="entry_judged_whole",
                condition=Q(judgement="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(judgement="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["gate", "state", "-at"], name="entry_of_gate"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.state}"
