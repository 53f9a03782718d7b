"""Lists of places that officers send in, row by row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.scope import Reach
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.places.models.choices import Kind
from niangjia.places.models.places import Place


class ListState(models.TextChoices):
    """How far a list has come."""

    SENT = "sent", _("Say what its columns mean")
    READING = "reading", _("Being read")
    READ = "read", _("To be looked through")
    ENTERING = "entering", _("Being entered")
    DONE = "done", _("All entered")
    DROPPED = "dropped", _("Thrown away")


class RowState(models.TextChoices):
    """What became of a row."""

    UNREAD = "unread", _("Not read yet")
    WRONG = "wrong", _("To be corrected")
    ASKED = "asked", _("May be there already")
    READY = "ready", _("Can be entered")
    KNOWN = "known", _("Is there already, all the same")
    SKIPPED = "skipped", _("Left out")
    MADE = "made", _("Entered anew")
    UPDATED = "updated", _("Brought up to date")


class PlaceList(models.Model):
    """A list of places as it was sent. `headings` are those of the file; `columns` says which of
    them holds what (`rules.lists.columns`), by its number. `system`: what its points mean.
    `kind` and `hours` are for rows that do not say; "" hours: such a row is asked about."""

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    by_account_id = models.UUIDField()
    reach_path = models.CharField(max_length=160, help_text="of the post it was sent by")
    reach_below = models.BooleanField()
    name = models.CharField(max_length=100, help_text="of the file")
    sha256 = models.CharField(max_length=64, help_text="of what its rows say")
    headings = models.JSONField()
    columns = models.JSONField(default=dict)
    system = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.STATION)
    hours = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=ListState, default=ListState.SENT)
    total = models.PositiveIntegerField(help_text="rows")
    done = models.PositiveIntegerField(default=0, help_text="of the step that is under way")
    due = models.PositiveIntegerField(default=0, help_text="rows of the step under way")
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["union", "-id"], name="place_list_by_union")]
        constraints = [
            models.CheckConstraint(
                name="place_list_ends_in_time",
                condition=Q(state__in=["done", "dropped"], ended_at__isnull=False)
                | (~Q(state__in=["done", "dropped"]) & Q(ended_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reach(self) -> Reach:
        """Whose places it may bring up to date."""
        return Reach(self.reach_path, self.reach_below)


class ListRow(models.Model):
    """A row of a list: its cells as sent, what was understood of them, what is wrong, what it may
    be the same as.

    `values` are of a listing; its point stands in `longitude` and `latitude`, WGS-84. `problems`:
    [{"field", "zh", "en", "mend"}]; `likes`: [{"code" or "number", "name", "metres", "ours"}].
    `same_as` is an existing place, `same_row` an earlier row, that it brings up to date.
    """

    id = ids.primary_key()
    place_list = models.ForeignKey(PlaceList, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="in the file; the headings are 1")
    cells = models.JSONField()
    values = models.JSONField(default=dict)
    mended = models.JSONField(default=list, help_text="what an officer let us put right")
    name = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.UNREAD)
    problems = models.JSONField(default=list)
    likes = models.JSONField(default=list)
    is_another = models.BooleanField(default=False, help_text="somebody said it is none of them")
    same_as = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    same_row = models.PositiveIntegerField(null=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["place_list", "state", "number"], name="list_row_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["place_list", "number"], name="list_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def point(self) -> Position:
        """Where it says it is. Only of a row that was read and has one."""
        assert self.longitude is not None and self.latitude is not None  # noqa: S101, PT018
        return Position(self.longitude, self.latitude)
