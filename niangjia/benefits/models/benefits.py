"""Benefits: what a union gives, to whom, paid from which budget."""

from django.db import models
from django.db.models import F, Q

from niangjia.allocation.models import Pool
from niangjia.benefits.models.budgets import Budget
from niangjia.benefits.models.choices import BenefitKind, BenefitState
from niangjia.benefits.models.merchants import Merchant
from niangjia.core import ids
from niangjia.organisations.models import Union


class Benefit(models.Model):
    """So many coupons of one kind and worth. Who gets them is the pool's business; `draft` keeps
    what the pool is to be opened with, until it is published. Amounts in fen."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=BenefitKind)
    state = models.CharField(max_length=10, choices=BenefitState, default=BenefitState.DRAFT)
    name = models.CharField(max_length=60)
    words = models.TextField(max_length=2000, help_text="what it is for and how it is used")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="benefits")
    supply = models.PositiveIntegerField()
    face_fen = models.PositiveIntegerField(help_text="what one coupon is worth")
    min_bill_fen = models.PositiveIntegerField(
        default=0, help_text="the bill it takes at least (满减); 0: any"
    )
    is_partial = models.BooleanField(
        default=False, help_text="can be used in several parts, until nothing is left"
    )
    is_piece = models.BooleanField(
        default=False,
        help_text="a thing that the union has already and that is handed over, without a bill; "
        "whoever hands it over is owed nothing",
    )
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    valid_days = models.PositiveSmallIntegerField(
        null=True, help_text="so many days after it was given, if that is earlier"
    )
    merchants = models.ManyToManyField(
        Merchant, related_name="benefits", help_text="who takes it", through="Acceptance"
    )
    draft = models.JSONField(default=dict, help_text="the pool to be")
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, related_name="benefit")
    published_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True, help_text="when what was not used went back to the budget"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="benefit_worth_something", condition=Q(face_fen__gte=1, supply__gte=1)
            ),
            models.CheckConstraint(
                name="benefit_piece_is_whole",
                condition=Q(is_piece=False) | Q(is_partial=False, min_bill_fen=0),
            ),
            models.CheckConstraint(
                name="benefit_valid_in_order", condition=Q(valid_from__lt=F("valid_until"))
            ),
            models.CheckConstraint(
                name="benefit_published_has_pool",
                condition=Q(state=BenefitState.DRAFT, pool__isnull=True)
                | Q(state=BenefitState.PUBLISHED, pool__isnull=False)
                | Q(state=BenefitState.CANCELLED),
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                condition=Q(settled_at__isnull=True, state=BenefitState.PUBLISHED),
                name="benefit_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cost_fen(self) -> int:
        """What it costs when every coupon is used up."""
        return self.supply * self.face_fen


class Acceptance(models.Model):
    """That a merchant takes a benefit's coupons."""

    id = ids.primary_key()
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="acceptances")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="acceptances")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["benefit", "merchant"], name="acceptance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_id} takes {self.benefit_id}"
