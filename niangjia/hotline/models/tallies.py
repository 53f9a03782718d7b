"""What is counted of work orders, day by day: what the standard statistics are added up from."""

from django.db import models

from niangjia.core import ids
from niangjia.hotline.models.calls import Channel
from niangjia.hotline.models.topics import Topic
from niangjia.organisations.models import Union


class DayTally(models.Model):
    """Of the work orders that were taken in on one day (in China) about one topic through one
    channel, and that one union has or settled: how many there are, and what became of them so far.

    Numbers only: nothing here leads to a person, a case or an employer, so that whoever sees none
    of the orders can be told how many there are. The database keeps it (migration 0005), in the
    transaction that changes the order, so it is exact at every moment; `selectors.tallies` counts
    the orders themselves, to compare. A union's figures are those of its part of the tree: a range
    of paths, whatever moved in the tree since.
    """

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
        constraints = [
            models.UniqueConstraint(
                fields=["union", "day", "topic", "channel"], name="hotline_tally_once"
            )
        ]
        indexes = [models.Index(fields=["day", "union"], name="hotline_tally_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.taken}"
