"""Pools: a finite supply of something, and who may have of it."""

from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.organisations.models import Union


class Pool(models.Model):
    """A finite supply that a union shares out: seats of a session, coupons, beds of a trip.

    What it is a supply of is known by the room above that opened it, under `subject`
    ("session:<id>"). This row is read by every claim and rarely written; what every claim writes
    is its `Stock`.
    """

    id = ids.primary_key()
    subject = models.CharField(max_length=80, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    per_person = models.PositiveSmallIntegerField(default=1)
    reach_path = models.TextField(
        blank=True,
        db_collation="C",
        help_text="members at or below this path may claim; empty: whoever has an account",
    )
    needs_real_name = models.BooleanField(default=False)
    member_days = models.PositiveSmallIntegerField(
        default=0, help_text="for how many days somebody must have been a member"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pool_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))
            ),
            models.CheckConstraint(name="pool_for_somebody", condition=Q(per_person__gte=1)),
        ]

    def __str__(self) -> str:
        return self.subject


class Stock(models.Model):
    """How much of a pool there is and how much is taken: the one row that a burst of claims
    contends for. The constraint is what keeps a pool from being oversold, behind the lock."""

    pool = models.OneToOneField(Pool, models.PROTECT, primary_key=True, related_name="stock")
    supply = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    last_place = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_never_oversold", condition=Q(taken__lte=F("supply"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.supply}"
