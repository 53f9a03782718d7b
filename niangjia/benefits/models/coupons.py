"""Coupons, and what they were used for. Amounts in fen."""

from django.db import models
from django.db.models import F, Q

from niangjia.allocation.models import Claim
from niangjia.benefits.models.benefits import Benefit
from niangjia.benefits.models.choices import CouponState, LineKind
from niangjia.benefits.models.merchants import Cashier, Shop
from niangjia.core import ids
from niangjia.members.models import Account


class Coupon(models.Model):
    """What one claim was given: its holder's alone, not to be passed on and not to be cashed.

    `left_fen` is the hot value; the constraint keeps it between nothing and the face, behind the
    lock of the row. It is always the face less what was redeemed plus what was refunded. Of it
    `forfeited_fen` cannot be used: of one that is used in one go what purchases that still stand
    did not need, and what was struck as long as it may be owed again.
    """

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="coupons")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="coupon")
    account = models.ForeignKey(Account, models.PROTECT, related_name="coupons", db_index=False)
    face_fen = models.PositiveIntegerField()
    left_fen = models.PositiveIntegerField()
    forfeited_fen = models.PositiveIntegerField(
        default=0, help_text="of what is left, what was lost by using it in one go, or is held"
    )
    state = models.CharField(max_length=10, choices=CouponState, default=CouponState.OPEN)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coupon_left_within_face", condition=Q(left_fen__lte=F("face_fen"))
            ),
            models.CheckConstraint(
                name="coupon_forfeited_within_left", condition=Q(forfeited_fen__lte=F("left_fen"))
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="coupon_by_account"),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=CouponState.OPEN, reminded_at__isnull=True),
                name="coupon_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def usable_fen(self) -> int:
        """What it can still pay."""
        return self.left_fen - self.forfeited_fen


class Redemption(models.Model):
    """A coupon used at a shop. Never changed: what is taken back is a `Refund`."""

    id = ids.primary_key()
    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="redemptions")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", db_index=False)
    cashier = models.ForeignKey(Cashier, models.PROTECT, related_name="+")
    amount_fen = models.PositiveIntegerField()
    forfeited_fen = models.PositiveIntegerField(
        default=0, help_text="what was lost with it, of a coupon that is used in one go"
    )
    bill_fen = models.PositiveIntegerField(help_text="what the purchase came to")
    at = models.DateTimeField()
    step = models.BigIntegerField(help_text="which half minute the code was of that was shown")
    key = models.CharField(
        max_length=200, db_collation="C", help_text="the same sent again is the same redemption"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cashier", "key"], name="redemption_once_a_key"),
            models.UniqueConstraint(fields=["coupon", "step"], name="redemption_once_a_code"),
            models.CheckConstraint(
                name="redemption_within_bill",
                condition=Q(amount_fen__gte=1) & Q(bill_fen__gte=F("amount_fen")),
            ),
        ]
        indexes = [models.Index(fields=["shop", "-at"], name="redemption_by_shop")]

    def __str__(self) -> str:
        return f"{self.amount_fen} of {self.coupon_id}"

    @property
    def kept_fen(self) -> int:
        """What has not come back of it."""
        return self.amount_fen - sum(back.amount_fen for back in self.refunds.all())


class Refund(models.Model):
    """What a shop took back of a redemption: it is on the coupon again, never money. Or what its
    union struck of it (`strike`); where that was lifted again, a second one that is negative."""

    id = ids.primary_key()
    redemption = models.ForeignKey(Redemption, models.PROTECT, related_name="refunds")
    cashier = models.ForeignKey(Cashier, models.PROTECT, null=True, related_name="+")
    strike = models.ForeignKey("benefits.Strike", models.PROTECT, null=True, related_name="refunds")
    amount_fen = models.IntegerField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    key = models.CharField(max_length=200, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cashier", "key"], name="refund_once_a_key"),
            models.UniqueConstraint(fields=["strike", "key"], name="refund_once_a_strike"),
            models.CheckConstraint(
                name="refund_of_something",
                condition=Q(cashier__isnull=False, strike__isnull=True, amount_fen__gte=1)
                | Q(cashier__isnull=True, strike__isnull=False) & ~Q(amount_fen=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen} of {self.redemption_id}"

    @property
    def kind(self) -> LineKind:
        """What it is on a statement."""
        if self.strike_id is None:
            return LineKind.TAKEN_BACK
        return LineKind.STRUCK if self.amount_fen > 0 else LineKind.OWED_AGAIN

    @property
    def size_fen(self) -> int:
        """How much it is about, whichever way."""
        return abs(self.amount_fen)
