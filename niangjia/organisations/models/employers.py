"""Who employs the workers."""

from django.db import models
from django.db.models import Q

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
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="employer_not_its_own_heir"
            )
        ]

    def __str__(self) -> str:
        return self.name


class EmployerName(models.Model):
    """A name an employer had until it was renamed. Written by a trigger, by whatever way the name
    was changed: under which name somebody knew it makes no difference to who is tied to it."""

    id = ids.primary_key()
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="employer_by_former_name")]
        constraints = [
            models.UniqueConstraint(fields=["employer", "name"], name="employer_former_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class PastEmployer(models.Model):
    """A union was there for an employer's workers, and is no longer. Written by a trigger when the
    link is removed, by whatever way: whoever is tied to the employer does not untie themselves by
    having it removed (promise 1)."""

    id = ids.primary_key()
    union = models.ForeignKey("organisations.Union", models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["union", "employer"], name="past_employer_once")
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.employer_id}"
