"""Streets to walk along, from extracts of OpenStreetMap, and how far one comes on them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from niangjia.core import ids


class StreetMap(models.Model):
    """One extract that was loaded, by its name; loaded again it is replaced. `data_at`: up to when
    it knows what was changed in OpenStreetMap, where the file says so. Who made the data is to be
    named wherever something follows from them (ODbL 4.3), but for what is made up."""

    id = ids.primary_key()
    name = models.CharField(max_length=60, unique=True)
    ways = models.PositiveIntegerField(help_text="open to people on foot")
    kilometres = models.PositiveIntegerField()
    data_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField()
    is_made_up = models.BooleanField(default=False, help_text="for the demonstration")

    def __str__(self) -> str:
        return self.name


class StreetTile(models.Model):
    """The pieces of street that begin in a square of 0.05°: an array of
    `rules.street_graph.EDGE`, compressed by zlib, and what the streets are called."""

    id = ids.primary_key()
    map = models.ForeignKey(StreetMap, models.CASCADE, related_name="tiles")
    col = models.SmallIntegerField()
    line = models.SmallIntegerField()
    edges = models.BinaryField()
    names = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["col", "line", "map"], name="street_tile_once")
        ]

    def __str__(self) -> str:
        return f"{self.col}, {self.line}"


class StreetSquare(models.Model):
    """What maps draw of the streets in a square of 0.05°, of all extracts together, ready to be
    sent: `rules.street_lines.packed`. Written anew whenever an extract is loaded."""

    id = ids.primary_key()
    col = models.SmallIntegerField()
    line = models.SmallIntegerField()
    drawn = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["col", "line"], name="street_square_once")]

    def __str__(self) -> str:
        return f"{self.col}, {self.line}"


class WalkReach(models.Model):
    """Which cells of the grid one reaches within the walk along streets from a point, by their keys
    (`rules.walks.key_of`); none where no street is near it, so that the straight line counts.

    It depends on the streets alone, so it is worked out once for a point and goes with them.
    """

    id = ids.primary_key()
    longitude = models.FloatField(help_text="degrees, WGS-84")
    latitude = models.FloatField(help_text="degrees, WGS-84")
    cells = ArrayField(models.BigIntegerField(), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["longitude", "latitude"], name="walk_reach_once")
        ]

    def __str__(self) -> str:
        return f"{self.longitude:.5f}, {self.latitude:.5f}"
