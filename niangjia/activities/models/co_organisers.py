"""Unions that put an activity on together with the one that began it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models.activities import Activity
from niangjia.core import ids
from niangjia.organisations.models import Union


class Part(models.TextChoices):
    """How far the officers of a co-organiser look into an activity; each holds the one before."""

    NAMED = "named", _("Is named on the page")
    LIST = "list", _("Also sees who comes")
    DOOR = "door", _("Also notes who came")


class Answer(models.TextChoices):
    """Where a union that was asked stands."""

    INVITED = "invited", _("Invited, not answered yet")
    ACCEPTED = "accepted", _("Takes part")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("No longer takes part")


#: Those of an activity at any moment: one of each union.
OPEN = (Answer.INVITED, Answer.ACCEPTED)


class CoOrganiser(models.Model):
    """A union that was asked to put an activity on as well, and what it said. `opens`: its members,
    and those of the unions below it, find the activity and may sign up, as those of the union that
    began it."""

    id = ids.primary_key()
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="co_organisers")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=Answer, default=Answer.INVITED)
    part = models.CharField(max_length=5, choices=Part, default=Part.NAMED)
    opens = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True, help_text="to whom is asked")
    reason = models.CharField(max_length=300, blank=True, help_text="why not, or no longer")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["union", "-id"], name="co_organiser_by_union")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "union"],
                condition=Q(state__in=["invited", "accepted"]),
                name="co_organiser_once",
            ),
            models.CheckConstraint(
                name="co_organiser_ended_says_when",
                condition=Q(state__in=["invited", "accepted"], ended_at__isnull=True)
                | Q(state__in=["declined", "left"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.union_id} {self.state}"
