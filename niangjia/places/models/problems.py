"""What is wrong at a place, who mends it and by when."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.organisations.models import Union
from niangjia.places.models.choices import Mender, ProblemState, ProblemStepKind, Severity, Source
from niangjia.places.models.places import Place
from niangjia.places.models.rounds import Inspection


class Problem(models.Model):
    """Something is wrong at a place: `about` is an item of the checklist, or "facility:" and a key.

    `union` is whose officer found it, and reviews it; `mender` is who must mend it, by `due_at`.
    At most one of a place is open about the same thing.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.PROTECT, related_name="problems")
    about = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True, help_text="of something in the cupboard")
    facility = models.CharField(max_length=16, blank=True, help_text="what hangs on it")
    severity = models.CharField(max_length=6, choices=Severity)
    source = models.CharField(max_length=10, choices=Source)
    mender = models.CharField(max_length=6, choices=Mender)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="problems")
    state = models.CharField(max_length=6, choices=ProblemState, default=ProblemState.OPEN)
    opened_at = models.DateTimeField()
    due_from = models.DateField(help_text="the day its term is counted from")
    due_days = models.PositiveSmallIntegerField(help_text="working days, more time included")
    due_at = models.DateTimeField()
    extensions = models.PositiveSmallIntegerField(default=0)
    mended_at = models.DateTimeField(null=True)
    mended_by_account_id = models.UUIDField(null=True)
    late_told_at = models.DateTimeField(null=True, help_text="the union above was told")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place", "-id"], name="problem_by_place"),
            models.Index(fields=["due_at"], name="problem_by_due", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "about"],
                condition=Q(closed_at=None),
                name="problem_once_while_open",
            ),
            models.CheckConstraint(
                name="problem_closed_says_when",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="problem_mended_by_somebody",
                condition=Q(state="open")
                | Q(mended_at__isnull=False, mended_by_account_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.about}"


class ProblemStep(models.Model):
    """What happened to a problem. Append-only: a trigger refuses anything else."""

    id = ids.primary_key()
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=ProblemStepKind)
    at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True, help_text="the deadline from then on")
    by_account_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["problem", "id"], name="problem_step_in_turn")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.kind}"
