"""Statements: what a union owes a merchant for a month, line by line. Amounts in fen."""

import datetime as dt

from django.db import models
from django.db.models import Q

from niangjia.benefits.models.choices import LineKind, StatementState
from niangjia.benefits.models.coupons import Redemption, Refund
from niangjia.benefits.models.merchants import Merchant
from niangjia.core import ids
from niangjia.organisations.models import Union


class Statement(models.Model):
    """One month of one merchant with one union. Its total is the sum of its lines, to the fen."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", help_text="who pays")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="statements")
    month = models.DateField(help_text="its first day")
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.DRAWN_UP)
    redeemed_fen = models.PositiveBigIntegerField()
    refunded_fen = models.PositiveBigIntegerField()
    total_fen = models.GeneratedField(
        expression=models.F("redeemed_fen") - models.F("refunded_fen"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    drawn_up_at = models.DateTimeField()
    drawn_up_by_id = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.UUIDField(null=True)
    paid_at = models.DateTimeField(null=True)
    paid_by_id = models.UUIDField(null=True)
    payment = models.CharField(max_length=60, blank=True, help_text="the bank's reference")
    words = models.CharField(max_length=500, blank=True, help_text="what the merchant disputes")
    due_at = models.DateTimeField(null=True, help_text="until when the other side answers")
    reminded_at = models.DateTimeField(null=True, help_text="when it was told to be late")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(due_at__isnull=False, reminded_at__isnull=True),
                name="statement_to_remind",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "merchant", "month"], name="statement_once_a_month"
            ),
            models.CheckConstraint(
                name="statement_paid_after_confirmed",
                condition=~Q(state=StatementState.PAID)
                | Q(confirmed_at__isnull=False, paid_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StatementLine(models.Model):
    """One redemption or one refund on a statement, each on one only."""

    id = ids.primary_key()
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    redemption = models.OneToOneField(Redemption, models.PROTECT, null=True, related_name="line")
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="line")
    amount_fen = models.BigIntegerField(help_text="what counts against it is negative")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statement_line_of_one_thing",
                condition=Q(redemption__isnull=False, refund__isnull=True, amount_fen__gt=0)
                | Q(redemption__isnull=True, refund__isnull=False) & ~Q(amount_fen=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.amount_fen)

    @property
    def bought(self) -> Redemption:
        """The redemption that it is, or of which something came back."""
        found = self.refund.redemption if self.refund else self.redemption
        assert found is not None  # noqa: S101 - the constraint says so
        return found

    @property
    def kind(self) -> LineKind:
        """What it is."""
        return self.refund.kind if self.refund else LineKind.PAID

    @property
    def at(self) -> dt.datetime:
        """When it happened."""
        return self.refund.at if self.refund else self.bought.at
