"""Runs: what one signs up for. Sessions: when and where one meets."""

from django.db import models
from django.db.models import F, Q

from niangjia.activities.models.activities import Activity
from niangjia.allocation.models import Pool
from niangjia.core import ids


class Run(models.Model):
    """One go of an activity, with seats of its own: the only one of a single event, one of several
    of a series, a course with all its sessions. Its pool opens when the activity is published."""

    id = ids.primary_key()
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="runs")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, blank=True)
    seats = models.PositiveIntegerField()
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(help_text="of its first session")
    ends_at = models.DateTimeField(help_text="of its last session")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(
        null=True, help_text="when its officers were last told that people wait to be decided about"
    )
    followed_at = models.DateTimeField(null=True, help_text="when whoever came was asked to rate")

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(followed_at__isnull=True), name="run_to_follow"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["activity", "position"], name="run_one_position"),
            models.CheckConstraint(name="run_has_seats", condition=Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.activity_id} {self.position}"


class Session(models.Model):
    """One meeting of a run: its time, its place or its link. The link is for those who come."""

    id = ids.primary_key()
    run = models.ForeignKey(Run, models.PROTECT, related_name="sessions")
    name = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True, help_text="as people call it")
    address = models.CharField(max_length=120, blank=True)
    longitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    link = models.URLField(max_length=300, blank=True)
    changes = models.PositiveSmallIntegerField(
        default=0, help_text="how often it was moved: the SEQUENCE of RFC 5545"
    )
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, help_text="this one alone; others take place")
    cancel_reason = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, help_text="when whoever comes was reminded")

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(
                fields=["starts_at"],
                condition=Q(reminded_at__isnull=True, cancelled_at__isnull=True),
                name="session_to_remind",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="session_starts_before_it_ends", condition=Q(starts_at__lt=F("ends_at"))
            ),
            models.CheckConstraint(
                name="session_is_somewhere", condition=~Q(place="") | ~Q(link="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_online(self) -> bool:
        """Whether one meets on the network."""
        return not self.place
