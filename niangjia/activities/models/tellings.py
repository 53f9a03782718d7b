"""Telling everybody of a run something, some at a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models.runs import Run
from niangjia.core import ids


class News(models.TextChoices):
    """What is told."""

    MOVED = "moved", _("Moved")
    DROPPED = "dropped", _("One date called off")
    REMINDER = "reminder", _("Reminder")
    ADDED = "added", _("Message")
    SEVERAL = "several", _("Several dates moved")
    EXTRA = "extra", _("One more date")
    RUN = "run", _("Another run")
    DRAWN = "drawn", _("On the waiting list after the draw")


class Telling(models.Model):
    """One piece of news for everybody who has a seat or waits. `last_id` is the sign-up it has come
    to, so that whatever goes on with it tells nobody twice."""

    id = ids.primary_key()
    run = models.ForeignKey(Run, models.PROTECT, related_name="tellings")
    news = models.CharField(max_length=8, choices=News)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    last_id = models.UUIDField(null=True)
    told = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="telling_open"),
        ]

    def __str__(self) -> str:
        return f"{self.news} {self.told}"
