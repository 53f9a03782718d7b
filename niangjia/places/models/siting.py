"""Where to open the next stations: what an officer asked, and the sites that were found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.organisations.models import Union
from niangjia.places.models.coverage import Who, Window
from niangjia.places.models.places import Place

#: More than these nobody opens in a year, and the search takes too long.
MOST_STATIONS = 200


class SitingState(models.TextChoices):
    """How far it has come."""

    WAITING = "waiting", _("Waiting its turn")
    RUNNING = "running", _("Being worked out")
    DONE = "done", _("Worked out")
    STOPPED = "stopped", _("Called off")
    FAILED = "failed", _("Went wrong")
    EMPTY = "empty", _("Nothing to work with")


class Siting(models.Model):
    """One question: with so many more stations for the people of a union's division, where?

    `reached` today and `gained` with these stations are people times hours of the window in seven
    days; no choice of as many among the candidates gains more than `bound`. `cells` are those on
    the map: longitude, latitude, side in metres, people, per cent covered before and after. `kept`
    are points of the best choice so far, so that the work goes on from there after an interruption.
    """

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    who = models.CharField(max_length=10, choices=Who)
    window = models.CharField(max_length=8, choices=Window)
    stations = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=SitingState, default=SitingState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    candidates = models.PositiveIntegerField(default=0)
    walked = models.PositiveIntegerField(
        default=0, help_text="of the candidates, measured along streets"
    )
    people = models.PositiveBigIntegerField(default=0)
    reached = models.PositiveBigIntegerField(default=0)
    gained = models.PositiveBigIntegerField(default=0)
    bound = models.PositiveBigIntegerField(default=0)
    measured_at = models.DateTimeField(null=True)
    cells = models.JSONField(default=list)
    kept = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["union", "-id"], name="siting_by_union")]
        constraints = [
            models.CheckConstraint(
                name="siting_asks_for_some",
                condition=Q(stations__gte=1, stations__lte=MOST_STATIONS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stations} {self.window} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on, or will be."""
        return self.state in {SitingState.WAITING, SitingState.RUNNING}


class Proposal(models.Model):
    """A site among those chosen, the one that gains most first: at a place of the union that is not
    open yet, or is open and not always, at a union's office, or somewhere in a cell where nobody
    has a door yet. `gained` people are reached by it and not by those before it, on average over
    the hours of the window."""

    id = ids.primary_key()
    siting = models.ForeignKey(Siting, models.CASCADE, related_name="proposals")
    rank = models.PositiveSmallIntegerField()
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    union = models.ForeignKey(Union, models.SET_NULL, null=True, related_name="+")
    gained = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["siting", "rank"], name="proposal_rank_once")
        ]

    def __str__(self) -> str:
        return f"{self.rank}: {self.gained:.0f}"
