"""Who signed up, whom they bring, and who came."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from niangjia.activities.models.choices import Way
from niangjia.activities.models.runs import Run, Session
from niangjia.activities.models.teams import Team
from niangjia.allocation.models import Claim
from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.members.models import Account


class SignUp(models.Model):
    """What somebody told us when they asked for a seat. Whether they have one says the claim; those
    of one team have it together.

    `answers` is JSON, sealed: name, emergency contact. What was declared about one's health is that
    it was declared, and when; nothing about the health itself is kept.
    """

    id = ids.primary_key()
    run = models.ForeignKey(Run, models.PROTECT, related_name="sign_ups")
    account = models.ForeignKey(Account, models.PROTECT, related_name="sign_ups", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="sign_ups", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="sign_ups")
    is_captain = models.BooleanField(default=False, help_text="of their team")
    made_at = models.DateTimeField()
    answers = EncryptedTextField(null=True)
    declared_at = models.DateTimeField(null=True)
    photos_at = models.DateTimeField(null=True, help_text="when they agreed to be seen in photos")
    paid_fen = models.PositiveIntegerField(null=True, help_text="received on the spot")
    paid_at = models.DateTimeField(null=True)
    paid_to_account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="sign_up_by_account"),
            models.Index(fields=["run", "id"], name="sign_up_by_run"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "account"], name="sign_up_once_a_claim"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(team__isnull=True), name="sign_up_alone_a_claim"
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(is_captain=True), name="sign_up_one_captain"
            ),
            models.CheckConstraint(
                name="sign_up_paid_says_when",
                condition=Q(paid_fen__isnull=True, paid_at__isnull=True)
                | Q(paid_fen__isnull=False, paid_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def people(self) -> int:
        """For how many it is: oneself with one's companions. In a team everybody has their own."""
        return 1 if self.team_id else self.claim.parts

    @property
    def leads(self) -> bool:
        """Whether what becomes of the claim is theirs to say: of a team, the captain's."""
        return self.team_id is None or self.is_captain

    @property
    def told(self) -> dict[str, Any]:
        """The answers, opened; nothing once they are erased."""
        return json.loads(self.answers) if self.answers else {}


class Companion(models.Model):
    """Somebody who is brought along: what the list at the door and the insurance need, no more.
    `answers` is JSON, sealed: what else the activity asks of each."""

    id = ids.primary_key()
    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="companions")
    name = EncryptedTextField()
    identity_number = EncryptedTextField(null=True)
    answers = EncryptedTextField(null=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def told(self) -> dict[str, Any]:
        """The answers, opened."""
        return json.loads(self.answers) if self.answers else {}


class Attendance(models.Model):
    """Somebody came to a session, with so many companions."""

    id = ids.primary_key()
    sign_up = models.ForeignKey(SignUp, models.PROTECT, related_name="attendances")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    people = models.PositiveSmallIntegerField(default=1)
    way = models.CharField(max_length=4, choices=Way)
    at = models.DateTimeField()
    by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "session"], name="attendance_once"),
            models.CheckConstraint(name="attendance_of_somebody", condition=Q(people__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} {self.session_id}"
