"""Who employs the workers."""

from django.db import models

from niangjia.core import ids
from niangjia.organisations.models.choices import Origin
from niangjia.regions.models import Division


class Employer(models.Model):
    """A unit that employs workers."""

    id = ids.primary_key()
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, unique=True, null=True, blank=True, db_collation="C")
    division = models.ForeignKey(Division, models.PROTECT)
    trade = models.CharField(max_length=60, blank=True, help_text="what it does, in words")
    address = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.REGISTER)

    class Meta:
        # A paper register names employers in words: a name leads to its rows without a scan.
        indexes = [models.Index(fields=["name"], name="employer_by_name")]

    def __str__(self) -> str:
        return self.name
