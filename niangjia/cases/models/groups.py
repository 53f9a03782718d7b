"""Cases of many people with one claim, and those who speak for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.cases import Case
from niangjia.core import ids


class CaseGroup(models.Model):
    """A case that others join. Whoever has the code may; it is found by `code_digest`, and lies
    sealed under the case's key in `code`, for whoever may pass it on."""

    id = ids.primary_key()
    case = models.OneToOneField(Case, models.PROTECT, related_name="group")
    code_digest = models.BinaryField(max_length=32, unique=True)
    code = models.BinaryField()
    opened_at = models.DateTimeField()
    opened_by_account_id = models.UUIDField(null=True, help_text="the officer, if one opened it")

    def __str__(self) -> str:
        return f"{self.case_id}"


class JoinedBy(models.TextChoices):
    ACCOUNT = "account", _("with an account")
    RECEIPT = "receipt", _("with a receipt")
    LIST = "list", _("entered by the union")


class MemberState(models.TextChoices):
    JOINED = "joined", _("Takes part")
    LEFT = "left", _("Has left")
    REMOVED = "removed", _("Taken out")


class GroupMember(models.Model):
    """Somebody of the group. Who it is lies sealed under the case's key in `contact`; they find
    themselves by `owner_digest`, of their account or their receipt, and nobody of the group finds
    another."""

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="members")
    owner_digest = models.BinaryField(max_length=32)
    phone_digest = models.BinaryField(max_length=32, null=True)
    contact = models.BinaryField()
    joined_by = models.CharField(max_length=8, choices=JoinedBy)
    state = models.CharField(max_length=8, choices=MemberState, default=MemberState.JOINED)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_digest"], name="group_member_by_owner")]
        constraints = [
            models.UniqueConstraint(fields=["case", "owner_digest"], name="group_member_once"),
            models.UniqueConstraint(
                fields=["case", "phone_digest"],
                condition=Q(state="joined", phone_digest__isnull=False),
                name="group_member_one_a_phone",
            ),
            models.CheckConstraint(
                name="group_member_left_has_moment",
                condition=Q(state="joined", left_at__isnull=True)
                | Q(state__in=["left", "removed"], left_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class Representative(models.Model):
    """A member who stands to speak for the group: nominated, willing (`accepted_at`), chosen by
    more than half of the members (`elected_at`), until `ended_at`."""

    id = ids.primary_key()
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="stands")
    nominated_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    elected_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at__isnull=True),
                name="representative_stands_once",
            ),
            models.CheckConstraint(
                name="representative_is_willing",
                condition=Q(elected_at__isnull=True) | Q(accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}"


class RepresentativeVoice(models.Model):
    """What one member says to one representative; `on_paper` when an officer wrote it down from
    their signature."""

    id = ids.primary_key()
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="voices")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    on_paper = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["representative", "member"], name="representative_voice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} {self.agrees}"
