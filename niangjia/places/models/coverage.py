"""Who a station is for and whom one reaches on foot: people as blurred counts, and what was
measured from them. No row here leads to a person."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.regions.models import Division

#: Seven days of 24 hours.
WEEK_HOURS = 168


class People(models.TextChoices):
    """Who is counted. Workers are the first two together."""

    MEMBERS = "members", _("Members at their workplaces")
    COURIERS = "couriers", _("Couriers and drivers by their zones")
    RESIDENTS = "residents", _("Residents of townships")


class Who(models.TextChoices):
    """Whom a page is about."""

    WORKERS = "workers", _("Workers")
    RESIDENTS = "residents", _("Residents")


class Window(models.TextChoices):
    """The hours that matter."""

    ALL = "all", _("All hours")
    DAY = "day", _("By day, 6:00 to 22:00")
    NIGHT = "night", _("By night, 22:00 to 6:00")


class WeekField(models.Field):  # type: ignore[type-arg]
    """One bit for each hour of seven days, from midnight on."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return f"bit({WEEK_HOURS})"


class CountedZone(models.Model):
    """How many people work or live about a point, from a table that somebody loaded: a platform's
    zone, a township. They are taken to be spread evenly within `radius_m` metres."""

    id = ids.primary_key()
    people = models.CharField(max_length=10, choices=People)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    radius_m = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=120)
    is_made_up = models.BooleanField(default=False, help_text="for the demonstration")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["people", "division", "name"], name="counted_zone_once"
            ),
            models.CheckConstraint(name="counted_zone_is_wide", condition=Q(radius_m__gte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.count}"


class DemandCell(models.Model):
    """So many people of one kind within one cell of a grid, in tens and never fewer than eight.

    The cells of one kind count nobody twice, whichever are added up, so that no sum of them says
    more than they do. `side_m` is how wide it is, about; the point is its middle. `covered` has a
    bit for each hour of the measured days in which some station within the walk is open.
    """

    id = ids.primary_key()
    people = models.CharField(max_length=10, choices=People, db_collation="C")
    division = models.ForeignKey(Division, models.CASCADE, related_name="+")
    side_m = models.PositiveSmallIntegerField()
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    easting = models.FloatField()
    northing = models.FloatField()
    count = models.PositiveIntegerField()
    covered = WeekField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="demand_cell_hides_few", condition=Q(count__gte=10))
        ]

    def __str__(self) -> str:
        return f"{self.longitude:.3f}, {self.latitude:.3f}: {self.count}"


class Coverage(models.Model):
    """Of how many people of one kind in a division, and below it, a station within the walk is
    open, hour by hour for seven days from `first_date`; one row for each day it was measured.

    `unplaced` are the members there whose workplace is not known, or who work on the road; rounded
    down to tens, and like the cells counted anew once a month alone.
    """

    id = ids.primary_key()
    division = models.ForeignKey(Division, models.CASCADE, related_name="+")
    people = models.CharField(max_length=10, choices=People, db_collation="C")
    first_date = models.DateField()
    total = models.PositiveBigIntegerField()
    hours = ArrayField(models.PositiveBigIntegerField(), size=WEEK_HOURS)
    unplaced = models.PositiveBigIntegerField(default=0)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "people", "first_date"], name="coverage_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.people} {self.first_date}"


class Measurement(models.Model):
    """One measuring of the whole node, province by province; a province that is done is not done
    again when the work goes on after an interruption. `recounts`: people are counted anew too.
    `walked` of `to_walk` stations: how far walks along streets have come, which are worked out
    first where they are not known."""

    id = ids.primary_key()
    first_date = models.DateField(unique=True)
    recounts = models.BooleanField()
    provinces = ArrayField(models.CharField(max_length=6), default=list)
    done = ArrayField(models.CharField(max_length=6), default=list)
    walked = models.PositiveIntegerField(default=0)
    to_walk = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.first_date} {len(self.done)}/{len(self.provinces)}"

    @property
    def is_walking(self) -> bool:
        """Whether it is still working out walks."""
        return self.walked < self.to_walk
