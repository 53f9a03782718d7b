"""What people name to say where they are: streets, stations, squares, from OpenStreetMap."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from niangjia.core import ids
from niangjia.places.models.streets import StreetMap
from niangjia.regions.models import Division


class LandmarkSort(models.TextChoices):
    """What it is: a whole street, a point, or a bus stop, which is often named after what stands
    beside it."""

    STREET = "street"
    POINT = "point"
    STOP = "stop"


class Landmark(models.Model):
    """Something with a name that everybody knows, of one extract; it goes with the extract.

    `also`: other names, one a line. `division`: whose seat is nearest, to tell two of one name
    apart. Never a house and its number: nobody's home can be looked up here.
    """

    id = ids.primary_key()
    map = models.ForeignKey(StreetMap, models.CASCADE, related_name="landmarks")
    sort = models.CharField(max_length=6, choices=LandmarkSort)
    name = models.CharField(max_length=80)
    also = models.CharField(max_length=300, blank=True)
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    division = models.ForeignKey(Division, models.SET_NULL, null=True, related_name="+")
    tokens = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="landmark_tokens", fastupdate=False)]

    def __str__(self) -> str:
        return self.name
