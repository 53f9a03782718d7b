"""What people said of a service."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.feedback.models.choices import Channel, Level
from niangjia.feedback.models.invitations import Invitation
from niangjia.organisations.models import Union


class Rating(models.Model):
    """One answer to one invitation; the database refuses a second.

    `indicators` are levels by the name of the indicator. `words` are sealed. `is_named`: the rated
    officer may see the name; `may_be_shown`: the words may be published. Item, union and protection
    are the invitation's, repeated so that scores and signals need no join.
    """

    id = ids.primary_key()
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="rating")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    item_key = models.CharField(max_length=24, db_collation="C")
    is_protected = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel)
    level = models.PositiveSmallIntegerField(choices=Level)
    indicators: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    words = EncryptedTextField(null=True)
    is_named = models.BooleanField(default=False)
    may_be_shown = models.BooleanField(default=False)
    entered_by_account_id = models.UUIDField(null=True)
    device_digest = models.BinaryField(max_length=32, null=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rating_level_is_one_of_five", condition=Q(level__range=(1, 5))
            ),
            models.CheckConstraint(
                name="rating_entered_when_called_back",
                condition=Q(channel="call_back", entered_by_account_id__isnull=False)
                | (~Q(channel="call_back") & Q(entered_by_account_id__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["rated_at", "union"], name="rating_by_day"),
            models.Index(
                fields=["device_digest", "rated_at"],
                condition=Q(device_digest__isnull=False),
                name="rating_by_device",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}/5 {self.item_key}"


class Answer(models.Model):
    """What the union answers in public to a rating. Public once the union above approved it."""

    id = ids.primary_key()
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="answer")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    text = models.CharField(max_length=600)
    shown_words = models.CharField(max_length=600, blank=True, help_text="those of the person")
    level = models.PositiveSmallIntegerField(choices=Level)
    item_key = models.CharField(max_length=24, db_collation="C")
    approved_by_account_id = models.UUIDField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["union", "-published_at"], name="answer_by_union")]

    def __str__(self) -> str:
        return self.text
