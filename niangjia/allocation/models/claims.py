"""Claims: somebody's part of a pool."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models.pools import Pool
from niangjia.core import ids
from niangjia.members.models import Account


class ClaimState(models.TextChoices):
    HELD = "held", _("Yours")
    RETURNED = "returned", _("Given back")


class Claim(models.Model):
    """One part of a pool. `holder_id` is the person, or the account of whoever has not said who
    they are; `slot` counts what one holder has of the pool, so that the constraint keeps each to
    their share. `place` is the order in which the pool gave."""

    id = ids.primary_key()
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="claims")
    account = models.ForeignKey(Account, models.PROTECT, related_name="claims")
    holder_id = models.UUIDField()
    slot = models.PositiveSmallIntegerField()
    place = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.HELD)
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    key = models.CharField(
        max_length=200,
        null=True,
        db_collation="C",
        help_text="the idempotency key it was claimed under: sent again, it gets this claim",
    )

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="claim_by_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "holder_id", "slot"],
                condition=Q(state="held"),
                name="claim_within_ones_share",
            ),
            models.UniqueConstraint(fields=["account", "key"], name="claim_once_a_key"),
            models.UniqueConstraint(fields=["pool", "place"], name="claim_one_place"),
            models.CheckConstraint(
                name="claim_returned_has_time",
                condition=Q(state="returned", returned_at__isnull=False)
                | (~Q(state="returned") & Q(returned_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
