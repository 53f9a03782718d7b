"""Consent, one purpose at a time (Personal Information Protection Law, Articles 14 to 16, 29)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models.accounts import Account


class Purpose(models.TextChoices):
    """What personal data is used for. Only MEMBERSHIP is needed to join."""

    MEMBERSHIP = "membership", _("Keeping the membership register")
    IDENTITY_CHECK = "identity_check", _("Checking identity with the identity service")
    NOTICES = "notices", _("Telling you about activities and benefits")
    STATISTICS = "statistics", _("Statistics that name nobody")
    SHARING = "sharing", _("Sharing with unions of other provinces when you move")


class Consent(models.Model):
    """One consent to one purpose under one version of its text, until withdrawn."""

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose
