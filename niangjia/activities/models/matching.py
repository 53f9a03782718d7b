"""Meeting somebody: who takes part, whom each would like to see again, and who found each other.

Whom somebody named is sealed, row by row: neither an officer nor a copy of the database says it.
"""

from django.db import models
from django.db.models import F, Q

from niangjia.activities.models.activities import Activity
from niangjia.activities.models.runs import Run
from niangjia.activities.models.sign_ups import SignUp
from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField


class MatchTerms(models.Model):
    """That people may name others after an activity: until `hours` after the end of a run, `most`
    of them; `days` later everything about it is erased."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, primary_key=True, related_name="match_terms"
    )
    hours = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.activity_id)


class MatchWindow(models.Model):
    """One run in which people name others: the lock of everything that concerns it."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="match_window")
    last_number = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.run_id)


class MatchGuest(models.Model):
    """Somebody who takes part, with the number that they carry, what they said of themselves, and
    how those whom they chose, and who chose them, may reach them."""

    id = ids.primary_key()
    window = models.ForeignKey(MatchWindow, models.PROTECT, related_name="guests")
    sign_up = models.OneToOneField(SignUp, models.CASCADE, related_name="match_guest")
    number = models.PositiveIntegerField()
    contact = EncryptedTextField(null=True)
    single_at = models.DateTimeField(help_text="when they said that they are single")
    agreed_at = models.DateTimeField(help_text="to be shown to whom they chose and who chose them")
    left_at = models.DateTimeField(null=True)
    excluded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "number"], name="match_guest_one_number"),
            models.CheckConstraint(
                name="match_guest_leaves_no_contact",
                condition=Q(left_at__isnull=True) | Q(contact__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MatchChoice(models.Model):
    """Whom somebody would like to see again, by number: sealed, and gone once it is settled."""

    id = ids.primary_key()
    guest = models.ForeignKey(MatchGuest, models.CASCADE, related_name="choices")
    number = EncryptedTextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class MatchBlock(models.Model):
    """With whom somebody wants nothing to do, by number: sealed. They never learn of it."""

    id = ids.primary_key()
    guest = models.ForeignKey(MatchGuest, models.CASCADE, related_name="blocks")
    number = EncryptedTextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Match(models.Model):
    """Two who chose each other. `one` carries the lower number."""

    id = ids.primary_key()
    one = models.ForeignKey(MatchGuest, models.CASCADE, related_name="+")
    two = models.ForeignKey(MatchGuest, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="match_once"),
            models.CheckConstraint(name="match_of_two", condition=~Q(one=F("two"))),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MatchReport(models.Model):
    """Somebody says how another one behaved; a person looks at it."""

    id = ids.primary_key()
    guest = models.ForeignKey(MatchGuest, models.CASCADE, related_name="reports")
    about = models.ForeignKey(MatchGuest, models.CASCADE, related_name="reported")
    words = EncryptedTextField()
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=Q(decided_at__isnull=True), name="match_report_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
