"""Administrative divisions of the People's Republic of China (GB/T 2260 and below)."""

from django.db import models


class Level(models.IntegerChoices):
    """How deep a division lies."""

    COUNTRY = 0, "country"
    PROVINCE = 1, "province"
    CITY = 2, "city"
    COUNTY = 3, "county"
    TOWNSHIP = 4, "township"


class CoordinateSource(models.TextChoices):
    """Where a point on the map comes from."""

    OWN = "own", "its own"
    PARENT = "parent", "inherited from the division above"


class Division(models.Model):
    """One division. `path` is the chain of codes, so that what lies below is a range scan."""

    code = models.CharField(
        max_length=12,
        primary_key=True,
        db_collation="C",
        help_text="six digits down to counties, nine for townships; 100000 is the country",
    )
    name = models.CharField(max_length=60, db_index=True, db_collation="C")
    short_name = models.CharField(
        max_length=60, db_index=True, db_collation="C", help_text="without its suffix: 义乌"
    )
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=60, unique=True, db_collation="C")
    longitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    coordinate_source = models.CharField(
        max_length=8, choices=CoordinateSource.choices, default=CoordinateSource.OWN
    )
    pinyin = models.CharField(max_length=240, db_collation="C")
    initials = models.CharField(max_length=60, db_collation="C")

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name
