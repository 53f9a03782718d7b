"""Teams that sign up together."""

from django.db import models
from django.db.models import Q

from niangjia.activities.models.runs import Run
from niangjia.allocation.models import Claim
from niangjia.core import ids


class Team(models.Model):
    """People who take part in a run together, on one claim. Who they are say their sign-ups, the
    captain's among them. `size` is how many may be in it."""

    id = ids.primary_key()
    run = models.ForeignKey(Run, models.PROTECT, related_name="teams")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="team")
    name = models.CharField(max_length=24)
    size = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="when it must be whole")
    looked_at = models.DateTimeField(
        null=True, help_text="when it was looked at first after sign-up, and told if too few"
    )
    settled_at = models.DateTimeField(null=True, help_text="when it was found whole, or too few")
    ended_at = models.DateTimeField(null=True, help_text="given up by its captain, or too few")
    is_dropped = models.BooleanField(default=False, help_text="too few when it counted")

    class Meta:
        indexes = [
            models.Index(
                fields=["run"],
                condition=Q(settled_at__isnull=True, ended_at__isnull=True),
                name="team_to_settle",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "name"], condition=Q(ended_at__isnull=True), name="team_one_name"
            ),
            models.CheckConstraint(name="team_of_several", condition=Q(size__gte=2)),
            models.CheckConstraint(
                name="team_dropped_has_ended",
                condition=Q(is_dropped=False) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
