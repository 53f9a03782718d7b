"""Asking for a rating: once for each finished service, and once more after it was put right."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from niangjia.core import ids
from niangjia.members.models import Account, Person
from niangjia.organisations.models import Union


class Invitation(models.Model):
    """One finished service that asks the person served to rate it, until `closes_at`.

    The service lies in a room above: `subject_kind` names it ("case"), `subject_id` is its row.
    `round` is 1; each rectification asks again with the next one. `tied_employer_ids` are the
    employers whose people must not learn of a protected subject. `shown_by_rated`: the officer who
    is rated has held its link in their own hands, which so tells nothing of the rating.
    """

    id = ids.primary_key()
    subject_kind = models.CharField(max_length=20, db_collation="C")
    subject_id = models.UUIDField()
    round = models.PositiveSmallIntegerField(default=1)
    item_key = models.CharField(max_length=24, db_collation="C")
    item_name = models.JSONField(help_text='{"zh": …, "en": …}')
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    rated = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    token_digest = models.BinaryField(max_length=32, null=True, unique=True)
    shown_by_rated = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    tied_employer_ids = ArrayField(models.UUIDField(), default=list)
    finished_at = models.DateTimeField()
    created_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "round"], name="invitation_once_a_round"
            ),
            models.CheckConstraint(
                name="invitation_closes_later", condition=Q(closes_at__gt=F("created_at"))
            ),
        ]
        indexes = [models.Index(fields=["account", "-id"], name="invitation_by_account")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} ({self.round})"

    @property
    def item(self) -> str:
        """What was done for the person, in the active language."""
        names: dict[str, str] = self.item_name
        return names["zh" if (get_language() or "zh").startswith("zh") else "en"]

    @property
    def leads_to_somebody(self) -> bool:
        """Whether we know whom to call."""
        return self.person_id is not None or self.account_id is not None

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it can still be answered at `now`."""
        return now <= self.closes_at

    def is_about(self, account_id: uuid.UUID) -> bool:
        """Whether it is this account's own work that is rated."""
        return self.rated_id == account_id
