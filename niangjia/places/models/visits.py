"""Who is at a place now, without saying who, and how many came on a day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.places.models.places import Place
from niangjia.places.models.plates import Plate


class Visit(models.Model):
    """Somebody is at a place, or was within the last day; then the row is deleted.

    Who it is stands nowhere. `visitor_digest` is a keyed digest that holds for this place alone:
    enough to know a second scan from a second person, too little to follow anybody to the next
    place. `pass_digest` is that of their door code of the day, so that whoever scans the plate and
    opens the door by a code is one visitor too. Whoever does not say that they leave is taken to
    have left at `until_at`.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="visits")
    arrived_at = models.DateTimeField()
    until_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    visitor_digest = models.BinaryField(max_length=32)
    pass_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [models.Index(fields=["place", "-arrived_at"], name="visit_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "visitor_digest"],
                condition=Q(left_at=None),
                name="visit_once_at_a_time",
            ),
            models.CheckConstraint(
                name="visit_ends_after_it_begins",
                condition=Q(until_at__gt=F("arrived_at"))
                & (Q(left_at=None) | Q(left_at__gte=F("arrived_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.arrived_at}"


class VisitDay(models.Model):
    """How many visits a place had on a day, and in each hour of it. What stays of visits. `hours`
    are 24 numbers, by the clock in China; none of days before they were counted."""

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="visit_days")
    date = models.DateField()
    visits = models.PositiveIntegerField()
    hours = ArrayField(models.PositiveIntegerField(), size=24, null=True)

    class Meta:
        indexes = [models.Index(fields=["date"], name="visit_day_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["place", "date"], name="visit_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.date} {self.visits}"


class Sighting(models.Model):
    """A phone that said where it was scanned a plate: at its place, or far from it.

    Kept for a week, with the same digests as a report, so that one person is one voice. Of the
    point nothing is kept where it was at the place; where it was far, some hundred metres of it
    are, so that the plate can be looked for.
    """

    id = ids.primary_key()
    plate = models.ForeignKey(Plate, models.CASCADE, related_name="sightings")
    at = models.DateTimeField()
    is_far = models.BooleanField()
    near = models.CharField(max_length=20, blank=True, help_text="latitude,longitude, rounded")
    by_keeper = models.BooleanField(default=False)
    account_digest = models.BinaryField(max_length=32, null=True)
    device_digest = models.BinaryField(max_length=32, null=True)
    network_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [models.Index(fields=["plate", "-at"], name="sighting_by_plate")]
        constraints = [
            models.CheckConstraint(
                name="sighting_keeps_no_point_at_its_place",
                condition=Q(is_far=True) | Q(near=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plate_id} {self.at}"
