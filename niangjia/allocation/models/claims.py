"""Claims: what somebody asked of a pool, and what came of it."""

from django.db import models
from django.db.models import Q

from niangjia.allocation.models.choices import LIVE, TAKING, TIMED, ClaimState
from niangjia.allocation.models.pools import Pool, Share
from niangjia.core import ids
from niangjia.members.models import Account


class Claim(models.Model):
    """One request for `parts` of a pool. `holder_id` is the person, or the account of whoever has
    not said who they are; `slot` counts what one holder has of the pool, so that the constraint
    keeps each to their share.

    `place` is the order in which the pool serves: that of arrival, or, once whoever had entered was
    put in order, that one. `share` is the share that the parts come from; while it waits, the one
    that it belongs to.
    """

    id = ids.primary_key()
    # Both are read in the transaction that writes a claim, and neither is ever deleted: triggers
    # see to it. See docs/adr/0150.
    pool = models.ForeignKey(
        Pool, models.PROTECT, related_name="claims", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="claims", db_index=False, db_constraint=False
    )
    holder_id = models.UUIDField()
    slot = models.PositiveSmallIntegerField()
    parts = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveBigIntegerField()
    share = models.ForeignKey(
        Share, models.PROTECT, null=True, related_name="claims", db_index=False
    )
    state = models.CharField(max_length=10, choices=ClaimState)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(
        null=True, help_text="when something was had for it: it cannot be given back any more"
    )
    changed_at = models.DateTimeField(help_text="when it came to the state it is in")
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    reason = models.CharField(max_length=500, blank=True, help_text="why it was refused")
    key = models.CharField(
        max_length=200,
        null=True,
        db_collation="C",
        help_text="the idempotency key it was claimed under: sent again, it gets this claim",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(state__in=TIMED), name="claim_to_expire"
            ),
            models.Index(
                fields=["pool", "place"],
                condition=Q(state__in=(ClaimState.ENTERED, ClaimState.WAITING)),
                name="claim_in_line",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "holder_id", "slot"],
                condition=Q(state__in=LIVE),
                name="claim_within_ones_share",
            ),
            # What somebody has claimed is found by it as well.
            models.UniqueConstraint(fields=["account", "key"], name="claim_once_a_key"),
            models.UniqueConstraint(fields=["pool", "place"], name="claim_one_place"),
            models.CheckConstraint(name="claim_of_something", condition=Q(parts__gte=1)),
            models.CheckConstraint(
                name="claim_timed_has_end",
                condition=Q(state__in=TIMED, expires_at__isnull=False)
                | (~Q(state__in=TIMED) & Q(expires_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    @property
    def is_taking(self) -> bool:
        """Whether it has its parts."""
        return self.state in TAKING

    @property
    def is_live(self) -> bool:
        """Whether it may still come to something."""
        return self.state in LIVE
