"""What the search for places reads: one row for each place that is on the map."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from niangjia.places.models.places import Place


class MomentsField(models.Field):  # type: ignore[type-arg]
    """Stretches of time as PostgreSQL's own `tstzmultirange`: whether a moment lies in one is one
    operator, and neighbouring stretches are one."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "tstzmultirange"


class PlaceSearch(models.Model):
    """The index entry of one published place; `services.index_places` keeps it in step.

    `easting` and `northing` are its point on Mercator's plane (see `rules.positions` of
    organisations). `offers` has a bit for each facility and kind (`rules.facilities`). `open` holds
    when it is open in the coming days, reports that it is shut already taken out, so that "open
    now" is `open @> now`. `at_night`: open some time between 22:00 and 6:00 in these days. What
    `missing` says is not there counts until `missing_until`.
    """

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="entry")
    easting = models.FloatField()
    northing = models.FloatField()
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    offers = models.BigIntegerField()
    missing = models.BigIntegerField(default=0)
    missing_until = models.DateTimeField(null=True)
    open = MomentsField()
    at_night = models.BooleanField()
    tokens = SearchVectorField()

    class Meta:
        indexes = [
            GistIndex(
                Func(F("easting"), F("northing"), function="point"), name="place_search_point"
            ),
            GinIndex(fields=["tokens"], name="place_search_tokens", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.place_id)
