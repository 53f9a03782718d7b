"""Who is too close to an employer to read what is said about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models.accounts import Account
from niangjia.organisations.models import Employer


class TieKind(models.TextChoices):
    WORKS_FOR = "works_for", _("Works for it, or is paid by it")
    WORKED_FOR = "worked_for", _("Worked for it")
    OWNS = "owns", _("Owns a part of it")
    FAMILY = "family", _("A close relative works for it or owns it")
    OTHER = "other", _("Otherwise too close to be impartial")


class EmployerTie(models.Model):
    """A tie that no post and no membership shows, declared by whoever has it or by a superior. It
    holds until it is lifted; lifted ones stay as history."""

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.PROTECT, related_name="employer_ties")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=TieKind)
    declared_at = models.DateTimeField()
    declared_by_account_id = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "employer", "kind"],
                condition=Q(lifted_at__isnull=True),
                name="employer_tie_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.employer_id}"
