"""What a search for unions reads: one row for each union that can be found."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from niangjia.organisations.models.unions import Union


class UnionSearch(models.Model):
    """The index entry of one union; `services.index_union` keeps it in step.

    A union without a point of its own stands at its division's. `easting` and `northing` are that
    point in Mercator's projection, in metres at the equator: nearby, it stretches every direction
    alike, so that the nearest on the plane are the nearest on the ground, almost.
    """

    union = models.OneToOneField(
        Union, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    rank = models.BigIntegerField(help_text="the order among equal matches; stratum first")
    tokens = SearchVectorField()
    place = models.CharField(max_length=200, help_text="the divisions above it, in words")
    longitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    is_approximate = models.BooleanField(help_text="the point is the division's, not its own")
    easting = models.FloatField(null=True)
    northing = models.FloatField(null=True)

    class Meta:
        indexes = [
            # Without a pending list: a query probes the index up to two hundred times, and each
            # probe would read the whole list again.
            GinIndex(fields=["tokens"], name="union_search_tokens", fastupdate=False),
            GistIndex(
                Func(F("easting"), F("northing"), function="point"), name="union_search_point"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.place}"
