"""Budgets: what a union has for benefits, in fen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.organisations.models import Union


class Budget(models.Model):
    """What a union may give in one year under one name (总工会经费、专项补助). All in fen.

    `committed` is what benefits could still cost plus what they have cost; the constraint keeps it
    within `amount`, behind the lock of the row. Every change of either is a `BudgetEntry`.
    """

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    amount = models.PositiveBigIntegerField(help_text="fen")
    committed = models.PositiveBigIntegerField(default=0, help_text="fen")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["union", "year", "name"], name="budget_once_a_year"),
            models.CheckConstraint(
                name="budget_never_overspent", condition=Q(committed__lte=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def free(self) -> int:
        """What can still be committed, in fen."""
        return self.amount - self.committed


class BudgetEntry(models.Model):
    """One change of a budget: of what there is (`amount`) or of what is committed, in fen."""

    id = ids.primary_key()
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    cause = models.CharField(max_length=80, db_collation="C", help_text='"benefit:<number>"')
    amount_change = models.BigIntegerField(default=0, help_text="fen")
    committed_change = models.BigIntegerField(default=0, help_text="fen")
    account_id = models.UUIDField(null=True, help_text="who did it; without: the system")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_entry_changes_something",
                condition=~Q(amount_change=0, committed_change=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_change:+} {self.committed_change:+}"

    @property
    def in_words(self) -> str:
        """Why, as people read it."""
        return str(CAUSES[self.cause.partition(":")[0]])


CAUSES = {
    "budget.opened": _("Budget entered"),
    "budget.changed": _("Amount changed"),
    "benefit": _("A benefit: published, added to, or over"),
}
