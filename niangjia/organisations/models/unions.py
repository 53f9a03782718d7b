"""Unions and their two trees."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.organisations.models.choices import Kind, Origin, Status, WorkerKind
from niangjia.organisations.models.employers import Employer
from niangjia.regions.models import Division


class Union(models.Model):
    """A trade union organisation. Its place in the territorial tree is `path`; an industrial tree,
    where it has one, lies beside it."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.REGISTER)

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=160, unique=True, db_collation="C")
    depth = models.PositiveSmallIntegerField()
    industry_parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="industry_children"
    )
    industry_path = models.CharField(
        max_length=160, null=True, blank=True, unique=True, db_collation="C"
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="unions")
    trade = models.CharField(max_length=60, blank=True)

    uscc = models.CharField(max_length=18, unique=True, null=True, blank=True, db_collation="C")
    founded_date = models.DateField(null=True, blank=True)
    dissolved_date = models.DateField(null=True, blank=True)
    committee_term_years = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    committee_elected_date = models.DateField(null=True, blank=True)
    committee_ends_date = models.DateField(null=True, blank=True)

    introduction = models.TextField(max_length=2000, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="the office's, public")
    email = models.EmailField(blank=True)
    opening_hours = models.CharField(
        max_length=200, blank=True, help_text="in OpenStreetMap's opening_hours syntax"
    )
    longitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS-84")
    latitude = models.FloatField(null=True, blank=True, help_text="degrees, WGS-84")

    admits_directly = ArrayField(
        models.CharField(max_length=16, choices=WorkerKind), default=list, blank=True
    )
    answer_working_days = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
        help_text="the promised term for deciding an application, in working days",
    )
    employers = models.ManyToManyField(Employer, related_name="unions", blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="union_dissolved_has_date",
                condition=Q(status=Status.DISSOLVED, dissolved_date__isnull=False)
                | (~Q(status=Status.DISSOLVED) & Q(dissolved_date__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=~Q(status=Status.DISSOLVED),
                name="union_name_once_under_its_parent",
                violation_error_code="name",
            ),
            models.UniqueConstraint(
                fields=["depth"],
                condition=Q(depth=0),
                name="union_one_root",
                violation_error_code="parent",
            ),
            models.CheckConstraint(
                name="union_root_has_no_parent",
                violation_error_code="parent",
                condition=Q(parent__isnull=True, depth=0) | Q(parent__isnull=False, depth__gt=0),
            ),
            models.CheckConstraint(
                name="union_industry_path_with_parent",
                violation_error_code="industry_parent",
                condition=Q(industry_parent__isnull=True) | Q(industry_path__isnull=False),
            ),
            models.CheckConstraint(
                name="union_committee_ends_after_election",
                violation_error_code="committee_ends_date",
                condition=Q(committee_ends_date__isnull=True)
                | Q(committee_elected_date__isnull=True)
                | Q(committee_ends_date__gt=F("committee_elected_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
