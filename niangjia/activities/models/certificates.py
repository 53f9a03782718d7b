"""What somebody is given for having come: certificates of courses, and of volunteer hours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models.activities import Activity
from niangjia.activities.models.sign_ups import SignUp
from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class CourseRule(models.Model):
    """Whoever was at so many sessions of their run is given a certificate."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, primary_key=True, related_name="course_rule"
    )
    needed = models.PositiveSmallIntegerField(help_text="sessions one must have been at")

    class Meta:
        constraints = [models.CheckConstraint(name="course_needs_one", condition=Q(needed__gte=1))]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.needed}"


class CertificateKind(models.TextChoices):
    """What it says."""

    COURSE = "course", _("Course finished")
    VOLUNTEER = "volunteer", _("Volunteer hours")


class Certificate(models.Model):
    """A certificate as it was issued. `name` and `title` are as printed, whatever is called
    otherwise later; whoever has the paper finds it by its `code`."""

    id = ids.primary_key()
    number = models.CharField(max_length=12, unique=True, db_collation="C")
    code = models.CharField(max_length=14, unique=True, db_collation="C")
    kind = models.CharField(max_length=10, choices=CertificateKind)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="certificates")
    sign_up = models.ForeignKey(SignUp, models.PROTECT, null=True, related_name="certificates")
    name = EncryptedTextField(null=True)
    title = models.CharField(max_length=120)
    times = models.PositiveIntegerField(help_text="sessions they were at")
    times_of = models.PositiveIntegerField(help_text="sessions there were")
    minutes = models.PositiveIntegerField(help_text="how long these lasted, all together")
    is_made_up = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True)
    revoked_by_account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="certificate_by_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["sign_up"],
                condition=Q(revoked_at__isnull=True, sign_up__isnull=False),
                name="certificate_once_a_course",
            ),
            models.CheckConstraint(
                name="certificate_course_has_sign_up",
                condition=Q(kind="course", sign_up__isnull=False)
                | Q(kind="volunteer", sign_up__isnull=True),
            ),
            models.CheckConstraint(
                name="certificate_revoked_says_why",
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def hours(self) -> str:
        """How long, as people write it: 6, or 1.5."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")
