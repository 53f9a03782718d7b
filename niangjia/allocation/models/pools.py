"""Pools: a finite supply of something, and who may have of it."""

import datetime as dt
import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.allocation.models.choices import ClaimantKind, Mode
from niangjia.core import ids
from niangjia.organisations.models import Union

SEED_BYTES = 32
#: Whoever a part is kept for has this long to say yes, or all the minutes that its pool gives for
#: that where they are fewer. A message is read on the next break, not the moment it comes.
LEAST_TO_CONFIRM = dt.timedelta(hours=1)


def leaves_time(until: dt.datetime | None, minutes: int, now: dt.datetime) -> bool:
    """Whether what is kept from `now` on for `minutes`, but not past `until`, leaves its person the
    least time to confirm it."""
    last = last_time(until, minutes)
    return last is None or now < last


def last_time(until: dt.datetime | None, minutes: int) -> dt.datetime | None:
    """From when on `leaves_time` does not hold; None: it always does."""
    return until and until - min(dt.timedelta(minutes=minutes), LEAST_TO_CONFIRM)


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_BYTES)


class Pool(models.Model):
    """A finite supply that a union shares out: seats of a session, coupons, beds of a trip.

    What it is a supply of is known by the room above that opened it, under `subject`
    ("session:<id>"). This row is read by every claim and rarely written; what every claim writes
    is its `Stock`.
    """

    id = ids.primary_key()
    subject = models.CharField(max_length=80, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.FIRST_COME)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="when the rooms above were told")
    decided_at = models.DateTimeField(
        null=True, help_text="when whoever had entered was put in order and given parts"
    )
    cancelled_at = models.DateTimeField(null=True)

    per_person = models.PositiveSmallIntegerField(default=1, help_text="claims of one person")
    parts_max = models.PositiveSmallIntegerField(
        default=1, help_text="parts of one claim: a family, a team"
    )
    reach = models.ForeignKey(
        Union,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="members of it and below it may claim; without: whoever has an account",
    )
    also_reach = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="members of these unions and below them may claim as well, where `reach` is set",
    )
    kinds = ArrayField(
        models.CharField(max_length=16, choices=ClaimantKind),
        default=list,
        help_text="kinds of worker that may claim; empty: every one",
    )
    needs_real_name = models.BooleanField(default=False)
    member_days = models.PositiveSmallIntegerField(
        default=0, help_text="for how many days somebody must have been a member"
    )
    age_min = models.PositiveSmallIntegerField(null=True, help_text="whole years, when claiming")
    age_max = models.PositiveSmallIntegerField(null=True, help_text="whole years, when claiming")

    confirm_minutes = models.PositiveIntegerField(
        default=0, help_text="how long a part is held to be confirmed; 0: it is given at once"
    )
    has_waiting_list = models.BooleanField(default=False)
    offer_minutes = models.PositiveIntegerField(
        default=24 * 60, help_text="how long a part that came free is kept for the next in line"
    )
    offers_until = models.DateTimeField(
        null=True,
        help_text="after it nothing is offered any more, and no offer or hold outlasts it",
    )
    gather_seconds = models.PositiveSmallIntegerField(
        default=0,
        help_text="claims of so many seconds after opening are put in random order, not in that "
        "of arrival",
    )
    asks_more = models.BooleanField(
        default=False,
        help_text="the room above asks more of whoever claims: it takes the claims, nobody else",
    )
    seed = models.BinaryField(
        max_length=SEED_BYTES,
        default=new_seed,
        help_text="what that order is made from; its digest is shown before, it after",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pool_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))
            ),
            models.CheckConstraint(
                name="pool_for_somebody", condition=Q(per_person__gte=1, parts_max__gte=1)
            ),
            models.CheckConstraint(
                name="pool_ages_in_order",
                condition=Q(age_min__isnull=True)
                | Q(age_max__isnull=True)
                | Q(age_min__lte=F("age_max")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=Q(closed_at__isnull=True),
                name="pool_to_be_closed",
            ),
            models.Index(
                fields=["opens_at"],
                condition=Q(decided_at__isnull=True, gather_seconds__gt=0),
                name="pool_to_be_decided",
            ),
            models.Index(
                fields=["closes_at"],
                condition=Q(mode="draw", decided_at__isnull=True, cancelled_at__isnull=True),
                name="pool_to_be_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def passes_on(self, now: dt.datetime) -> bool:
        """Whether parts that come free still go to the next in line: while there is time to say
        yes to one."""
        return leaves_time(self.offers_until, self.offer_minutes, now)

    @property
    def last_offer_at(self) -> dt.datetime | None:
        """From when on nothing is offered any more, though what is may still be confirmed."""
        return last_time(self.offers_until, self.offer_minutes)

    @property
    def last_hold_at(self) -> dt.datetime | None:
        """From when on whoever gets a part has it at once: there is no time left to confirm it.
        None: parts are not to be confirmed, or can always be."""
        ends = (self.last_offer_at, last_time(self.offers_until, self.confirm_minutes))
        return min(filter(None, ends), default=None) if self.confirm_minutes else None

    @property
    def gathers_until(self) -> dt.datetime:
        """The end of the opening seconds: from then on it is first come, first served."""
        return self.opens_at + dt.timedelta(seconds=self.gather_seconds)


class Stock(models.Model):
    """How much of a pool there is, is taken and is kept for shares: the one row that a burst of
    claims contends for, and the lock of everything else that changes a pool. The constraint is
    what keeps a pool from being oversold, behind the lock."""

    pool = models.OneToOneField(Pool, models.PROTECT, primary_key=True, related_name="stock")
    supply = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(
        default=0, help_text="what the shares have left, all together"
    )
    last_place = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_never_oversold",
                condition=Q(supply__gte=F("taken") + F("reserved")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.supply}"

    @property
    def left(self) -> int:
        """What is left for whoever may claim, shares apart."""
        return self.supply - self.taken - self.reserved


class Share(models.Model):
    """What of a pool is kept for the members of one union and all below it, until `returns_at`:
    what is left of it then flows back to the pool, for everybody."""

    id = ids.primary_key()
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="shares")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    supply = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    returns_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "union"], name="share_one_a_union"),
            models.CheckConstraint(
                name="share_never_oversold", condition=Q(taken__lte=F("supply"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["returns_at"],
                condition=Q(returned_at__isnull=True, returns_at__isnull=False),
                name="share_to_be_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.supply}"

    @property
    def left(self) -> int:
        """What only its members can still have."""
        return self.supply - self.taken if self.returned_at is None else 0
