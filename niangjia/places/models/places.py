"""Places that unions keep for workers: stations, drivers' homes, palaces of culture."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.organisations.models import Union, WorkerKind
from niangjia.places.models.choices import Access, Have, Kind, Language, State
from niangjia.regions.models import Division


def choices_array(choices: type[models.TextChoices]) -> "ArrayField[list[str], list[str]]":
    """A list of values of a closed list."""
    return ArrayField(models.CharField(max_length=16, choices=choices), default=list, blank=True)


class Place(models.Model):
    """A place that a union keeps for workers.

    `code` stands on the plate at its door. `facilities` are names of `rules.facilities`. `hours`
    are in OpenStreetMap's opening_hours syntax, as far as `rules.hours` reads it; `HoursOverride`
    says on which days others count. `welcome`: who is meant, in order of the list; nobody named
    means everybody.
    """

    id = ids.primary_key()
    code = models.CharField(max_length=16, unique=True, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=14, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    introduction = models.TextField(max_length=1000, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    way_in = models.CharField(max_length=120, blank=True, help_text="how to find the door")
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    phone = models.CharField(max_length=30, blank=True)

    hours = models.CharField(max_length=300, help_text="OpenStreetMap's opening_hours")
    facilities = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    haves = choices_array(Have)
    languages = choices_array(Language)
    accessibility = choices_array(Access)
    welcome = choices_array(WorkerKind)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    parking_bays = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="for trucks; a drivers' home says how many"
    )

    # No foreign key: a photo leads to whoever put it up, a place leads to nobody.
    cover_id = models.UUIDField(null=True, blank=True, help_text="the first photo of its page")
    stars = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 to 5, by the newest rating that counts"
    )
    unsafe_since = models.DateTimeField(null=True, help_text="shut: something there is dangerous")

    is_made_up = models.BooleanField(default=False, help_text="for the demonstration")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["union", "-id"], name="place_by_union"),
            models.Index(fields=["division", "-id"], name="place_by_division"),
            models.Index(fields=["changed_at", "id"], name="place_by_change"),
            models.Index(fields=["latitude", "longitude"], name="place_by_point"),
        ]
        constraints = [
            models.CheckConstraint(
                name="place_point_is_on_earth",
                condition=Q(longitude__range=(-180, 180), latitude__range=(-85, 85)),
            ),
            models.CheckConstraint(
                name="place_published_says_when",
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="place_closed_says_when",
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether everybody may read its page: also when it is closed for good, to say so."""
        return self.state in {State.PUBLISHED, State.CLOSED} and self.published_at is not None


class HoursOverride(models.Model):
    """On these days other hours count: a holiday's own, a repair, the summer.

    Where several cover a day, the one for the fewest days wins, and of equally long ones the
    newest. Empty `hours`: closed.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="hours_overrides")
    first_date = models.DateField()
    last_date = models.DateField()
    hours = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["place", "last_date"], name="hours_override_by_place")]
        constraints = [
            models.CheckConstraint(
                name="hours_override_ends_after_it_begins",
                condition=Q(last_date__gte=models.F("first_date")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_date}–{self.last_date} {self.reason}"
