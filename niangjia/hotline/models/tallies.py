"""What is counted of work orders, day by day: what the standard statistics are added up from."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.hotline.models.calls import Channel
from niangjia.hotline.models.topics import Topic
from niangjia.organisations.models import Union


class Counts(models.Model):
    """What is counted of the work orders that were taken in on a day (in China), or in the month
    that begins on it, about one topic through one channel, at one union."""

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    day = models.DateField()
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    taken = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    handed = models.PositiveIntegerField(default=0)
    called = models.PositiveIntegerField(default=0)
    rated = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.day} {self.taken}"


class DayTally(Counts):
    """Of the work orders that were taken in on one day (in China) about one topic through one
    channel, and that one union has or settled: how many there are, and what became of them so far.

    Numbers only: nothing here leads to a person, a case or an employer, so that whoever sees none
    of the orders can be told how many there are. The database keeps it (migration 0005), in the
    transaction that changes the order, so it is exact at every moment; `selectors.tallies` counts
    the orders themselves, to compare. A union's figures are those of its part of the tree: a range
    of paths, whatever moved in the tree since.
    """

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union", "day", "topic", "channel"], name="hotline_tally_once"
            )
        ]
        indexes = [models.Index(fields=["day", "union"], name="hotline_tally_by_day")]


class MonthTally(Counts):
    """The same of a month, as it stood when the month after it had ended: written once and never
    again (`services.months`). Those who see no order are told this and nothing that is still in
    motion, so that no single order or vote lies between two things they are told (promise 36)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "union", "topic", "channel"], name="hotline_month_tally_once"
            ),
            models.CheckConstraint(
                name="hotline_month_tally_from_the_first", condition=Q(day__day=1)
            ),
        ]
