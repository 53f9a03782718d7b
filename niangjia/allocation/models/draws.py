"""Draws: what is published of one, when, and who read the public value."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models.claims import Claim
from niangjia.allocation.models.pools import Pool
from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class Source(models.TextChoices):
    """The public values that may decide (`rules.public_values`)."""

    DOUBLE_COLOUR_BALL = "double_colour_ball", _("Double Colour Ball, China Welfare Lottery")
    SUPER_LOTTO = "super_lotto", _("Super Lotto, China Sports Lottery")


class VoidReason(models.TextChoices):
    """Why a draw does not count. The rule is published with it, before anything is known."""

    MISTAKE = "mistake", _("It was announced by mistake")
    SEALED_LATE = "sealed_late", _("The list was not sealed before the value could be known")
    ANNULLED = "annulled", _("That issue was never drawn")
    SECRET_LOST = "secret_lost", _("The secret cannot be opened any more")
    CALLED_OFF = "called_off", _("What was to be shared was called off")


class DrawState(models.TextChoices):
    """How far a draw has come: it follows from the moments that stand in it."""

    ANNOUNCED = "announced", _("Announced")
    SEALED = "sealed", _("Sealed, before the value is known")
    DRAWN = "drawn", _("Drawn")
    VOID = "void", _("Does not count")

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to come."""
        return self in (DrawState.ANNOUNCED, DrawState.SEALED)


#: All or none of these: what is published when the list is closed, and when the lots are drawn.
SEALED = {f"{name}__isnull": False for name in ("entrants_file", "sealed_file", "seal")}
DRAWN = {f"{name}__isnull": False for name in ("value", "drawn_file")}


def none_of(fields: dict[str, bool]) -> Q:
    return Q(**dict.fromkeys(fields, True))


class Draw(models.Model):
    """One draw among those who had entered a pool (promise 37).

    What was published is never changed: a trigger refuses it, as it refuses a value that not two
    different people have read (migration `0004_draws_stay`).
    """

    id = ids.primary_key()
    number = models.CharField(max_length=12, unique=True, db_collation="C")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="draws")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=24, choices=Source)
    issue = models.CharField(max_length=7, db_collation="C")
    known_at = models.DateTimeField(help_text="before it nobody can know the value")
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the secret, in hex")
    announced_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    announced_at = models.DateTimeField()

    parts = models.PositiveIntegerField(null=True)
    entrants = models.PositiveIntegerField(null=True)
    entrants_file = models.TextField(null=True)
    sealed_file = models.TextField(null=True)
    seal = models.CharField(max_length=64, null=True, help_text="SHA-256 of the sealed file")
    sealed_at = models.DateTimeField(null=True)

    value = models.CharField(max_length=40, null=True)
    drawn_file = models.TextField(null=True)
    drawn_at = models.DateTimeField(null=True)

    void_reason = models.CharField(max_length=16, choices=VoidReason, blank=True)
    void_asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    void_confirmed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool"], condition=Q(voided_at__isnull=True), name="draw_once_a_pool"
            ),
            models.CheckConstraint(
                name="draw_announced_before_the_value", condition=Q(announced_at__lt=F("known_at"))
            ),
            models.CheckConstraint(
                name="draw_sealed_before_the_value",
                condition=(Q(sealed_at__isnull=True) & none_of(SEALED))
                | Q(sealed_at__lt=F("known_at"), **SEALED),
            ),
            models.CheckConstraint(
                name="draw_drawn_after_the_value",
                condition=(Q(drawn_at__isnull=True) & none_of(DRAWN))
                | Q(drawn_at__gte=F("known_at"), sealed_at__isnull=False, **DRAWN),
            ),
            models.CheckConstraint(
                name="draw_void_by_two",
                condition=Q(voided_at__isnull=True)
                | Q(void_reason__in=[VoidReason.SEALED_LATE, VoidReason.CALLED_OFF])
                | (
                    Q(void_asked_by__isnull=False, void_confirmed_by__isnull=False)
                    & ~Q(void_asked_by=F("void_confirmed_by"))
                ),
            ),
            models.CheckConstraint(
                name="draw_void_or_drawn",
                condition=Q(voided_at__isnull=True) | Q(drawn_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["known_at"],
                condition=Q(drawn_at__isnull=True, voided_at__isnull=True),
                name="draw_to_come",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> DrawState:
        """How far it has come."""
        if self.voided_at:
            return DrawState.VOID
        if self.drawn_at:
            return DrawState.DRAWN
        return DrawState.SEALED if self.sealed_at else DrawState.ANNOUNCED


class DrawSecret(models.Model):
    """The secret of a draw until it is published with the result; sealed under the node's key. In a
    row of its own, so that a lost key makes one draw void and breaks no page."""

    draw = models.OneToOneField(Draw, models.PROTECT, primary_key=True, related_name="secret")
    secret = EncryptedTextField()

    def __str__(self) -> str:
        return f"secret of {self.draw_id}"


class DrawLine(models.Model):
    """One line of the sealed list: whose it is stands here and nowhere else. `rank` is the order
    drawn, winners before those who wait."""

    id = ids.primary_key()
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="lines", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="draw_lines")
    pseudonym = models.CharField(max_length=19, db_collation="C")
    parts = models.PositiveSmallIntegerField()
    nonce = EncryptedTextField(null=True)
    rank = models.PositiveIntegerField(null=True)
    has_won = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "pseudonym"], name="draw_line_one_name"),
            models.UniqueConstraint(fields=["draw", "claim"], name="draw_line_one_claim"),
            models.CheckConstraint(
                name="draw_line_ranked_whole",
                condition=Q(rank__isnull=True, has_won__isnull=True)
                | Q(rank__isnull=False, has_won__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class ValueReading(models.Model):
    """Somebody looked the public value up and typed it, without seeing what another had typed. Two
    different people's equal readings are the value."""

    id = ids.primary_key()
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="readings")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    value = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.value
