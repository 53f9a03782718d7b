"""Calls: one contact with the hotline, by phone, by message or on paper."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.hotline.models.lines import Line
from niangjia.members.models import Account


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone")
    PORTAL = "portal", _("Message")
    PAPER = "paper", _("Letter on paper")


class CallState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken")
    ENDED = "ended", _("Ended")


class Ending(models.TextChoices):
    """How a call ended."""

    HANDLED = "handled", _("Handled")
    ABANDONED = "abandoned", _("Hung up while waiting")
    SILENT = "silent", _("Silent")
    ABUSIVE = "abusive", _("Abusive")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class Call(models.Model):
    """One contact. The caller's number, what the agent notes and what they have typed so far lie
    sealed under a key of the call's own; `number_digest` finds earlier calls from the same number.

    The line's agents see it, but for those tied to an employer that came up in it (`accused_ids`,
    `excluded_ids`: copies, kept by a trigger, of what its cases say). A caller who stays unknown is
    forgotten: `is_forgotten` keeps a late event from bringing their number back.

    `rang_at`, `answered_at`, `hung_up_at` are the telephone's moments, in whatever order they were
    reported; `state` is the desk's: an agent who has hung up may still be writing.
    """

    id = ids.primary_key()
    line = models.ForeignKey(Line, models.PROTECT, related_name="calls")
    channel = models.CharField(max_length=8, choices=Channel)
    external_id = models.CharField(
        max_length=80, blank=True, db_collation="C", help_text="what the telephone system calls it"
    )
    state = models.CharField(max_length=8, choices=CallState, default=CallState.WAITING)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    hung_up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    agent = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    sealed_key = models.BinaryField()
    number = models.BinaryField(null=True)
    number_digest = models.BinaryField(max_length=32, null=True)
    note = models.BinaryField(null=True)
    draft = models.BinaryField(null=True)
    draft_version = models.PositiveIntegerField(default=0)
    owner_digest = models.BinaryField(
        max_length=32,
        null=True,
        help_text="of the account or receipt that wrote it: reads its answer",
    )
    recording = models.CharField(
        max_length=200, blank=True, help_text="where the telephone system keeps it"
    )
    pressed = models.PositiveSmallIntegerField(
        null=True, help_text="the level by the key pressed after it, until that is a rating"
    )
    call_back_by = models.DateTimeField(null=True)
    is_forgotten = models.BooleanField(default=False)
    accused_ids = ArrayField(models.UUIDField(), default=list)
    excluded_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["line", "rang_at", "id"],
                condition=~Q(state="ended"),
                name="hotline_call_at_hand",
            ),
            models.Index(fields=["line", "-id"], name="hotline_call_by_line"),
            models.Index(
                fields=["number_digest", "-id"],
                condition=Q(number_digest__isnull=False),
                name="hotline_call_by_number",
            ),
            models.Index(
                fields=["owner_digest", "-id"],
                condition=Q(owner_digest__isnull=False),
                name="hotline_call_by_owner",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "external_id"],
                condition=~Q(external_id=""),
                name="hotline_call_once_from_outside",
            ),
            models.CheckConstraint(
                name="hotline_call_ended_says_how",
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ending="")
                | (~Q(state="ended") & Q(ended_at__isnull=True, ending="")),
            ),
            models.CheckConstraint(
                name="hotline_call_taken_has_agent",
                condition=~Q(state="taken") | Q(agent__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hotline_call_pressed_is_a_level",
                condition=Q(pressed__isnull=True) | Q(pressed__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="hotline_call_forgotten_has_no_number",
                condition=Q(is_forgotten=False)
                | Q(number__isnull=True, number_digest__isnull=True, recording=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.rang_at:%Y-%m-%d %H:%M}"
