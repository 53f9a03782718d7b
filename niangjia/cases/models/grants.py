"""Emergency access: somebody out of reach reads one case, for hours, because another agreed."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.cases import Case
from niangjia.core import clock, ids
from niangjia.members.models import Account


class GrantState(models.TextChoices):
    ASKED = "asked", _("Waits for a second person")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    REVOKED = "revoked", _("Taken back")


class EmergencyGrant(models.Model):
    """`account` asks to read `case` once out of turn, and `decided_by`, somebody else, answers.

    It opens reading alone, until `expires_at`, and never for whoever is tied to an employer the
    case accuses or is excluded from it: the database looks at the ties again at each reading.
    `reason` is sealed under the case's key.
    """

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    reason = models.BinaryField()
    state = models.CharField(max_length=8, choices=GrantState, default=GrantState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "case"],
                condition=Q(state="granted"),
                name="case_grant_live",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"],
                condition=Q(state__in=["asked"]),
                name="case_grant_asked_once",
            ),
            models.CheckConstraint(
                name="case_grant_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("account")),
            ),
            models.CheckConstraint(
                name="case_grant_decided_and_short",
                condition=Q(state="asked", decided_by__isnull=True, expires_at__isnull=True)
                | Q(state="refused", decided_by__isnull=False, expires_at__isnull=True)
                | Q(
                    state__in=["granted", "revoked"],
                    decided_by__isnull=False,
                    expires_at__gt=F("decided_at"),
                    expires_at__lte=F("decided_at") + dt.timedelta(hours=4),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.account_id} {self.state}"

    @property
    def is_live(self) -> bool:
        """Whether it opens the case at this moment, ties and posts aside."""
        return (
            self.state == GrantState.GRANTED
            and self.expires_at is not None
            and self.expires_at > clock.now()
        )
