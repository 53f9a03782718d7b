"""Redemptions that a union strikes. Amounts in fen."""

from django.db import models
from django.db.models import F, Q

from niangjia.benefits.models.choices import (
    OPEN_STRIKES,
    STANDING_STRIKES,
    CouponState,
    Occasion,
    StrikeState,
)
from niangjia.benefits.models.coupons import Redemption
from niangjia.core import ids


class Strike(models.Model):
    """That what a shop took of a coupon is not owed: one person proposes it, another confirms it,
    and the merchant can object. What it comes to in the books is its `refunds`."""

    id = ids.primary_key()
    redemption = models.ForeignKey(
        Redemption, models.PROTECT, related_name="strikes", db_index=False
    )
    state = models.CharField(max_length=10, choices=StrikeState, default=StrikeState.PROPOSED)
    occasion = models.CharField(max_length=10, choices=Occasion)
    is_party = models.BooleanField(
        help_text="the coupon's holder had a part in it, and is no victim"
    )
    reason = models.CharField(max_length=300, help_text="merchant and holder read it")
    amount_fen = models.PositiveIntegerField(default=0, help_text="what was struck")
    has_blocked = models.BooleanField(default=False, help_text="it is what blocked the coupon")
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True, help_text="who confirmed it, or did not")
    decision = models.CharField(max_length=300, blank=True, help_text="why it was not struck")
    due_at = models.DateTimeField(
        null=True, help_text="until when the merchant can object, then the union answers"
    )
    reminded_at = models.DateTimeField(null=True, help_text="when the answer was told to be late")
    objection = models.CharField(max_length=500, blank=True)
    objected_at = models.DateTimeField(null=True)
    objected_by_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="since when it is final, or lifted")

    class Meta:
        indexes = [
            models.Index(fields=["redemption"], name="strike_by_redemption"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=OPEN_STRIKES),
                name="strike_to_end",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["redemption"],
                condition=Q(state__in=STANDING_STRIKES),
                name="strike_once_at_a_time",
            ),
            models.CheckConstraint(
                name="strike_by_two",
                condition=Q(state__in=[StrikeState.PROPOSED, StrikeState.DROPPED])
                | Q(decided_by_id__isnull=False, amount_fen__gte=1)
                & ~Q(decided_by_id=F("proposed_by_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.redemption_id}"

    @property
    def is_open(self) -> bool:
        """Struck, and may be owed again."""
        return self.state in OPEN_STRIKES

    def hold(self) -> None:
        """What was struck is on the coupon again, and nobody can use it yet; of a holder who had a
        part in it all of it is blocked. The coupon is held by the caller."""
        coupon = self.redemption.coupon
        coupon.left_fen += self.amount_fen
        coupon.forfeited_fen += self.amount_fen
        if self.is_party:
            self.has_blocked = coupon.state != CouponState.BLOCKED or self.others().exists()
            coupon.state = CouponState.BLOCKED

    def let_go(self) -> None:
        """The victim can use it: as when all of a purchase came back, so that what was lost by
        using the coupon in one go is there again as well."""
        coupon = self.redemption.coupon
        coupon.forfeited_fen -= self.amount_fen + self.redemption.forfeited_fen
        if coupon.state == CouponState.USED:
            coupon.state = CouponState.OPEN

    def undo(self, *, is_cancelled: bool) -> None:
        """The redemption stands: the coupon is as it was before it was struck."""
        coupon = self.redemption.coupon
        coupon.left_fen -= self.amount_fen
        coupon.forfeited_fen -= self.amount_fen
        if self.has_blocked and not self.others().exists():
            coupon.state = CouponState.BLOCKED if is_cancelled else CouponState.OPEN
            if coupon.usable_fen == 0:
                coupon.state = CouponState.USED

    def others(self) -> models.QuerySet["Strike"]:
        """What else was struck of this coupon, and keeps it blocked."""
        found = Strike.objects.filter(
            redemption__coupon=self.redemption.coupon_id,
            has_blocked=True,
            state__in=(*OPEN_STRIKES, StrikeState.FINAL),
        )
        return found.exclude(pk=self.pk)
