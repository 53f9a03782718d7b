"""Unions, their two trees, their employers, and what is counted up the tree."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.regions.models import Division


class Kind(models.TextChoices):
    """What sort of union it is (Trade Union Law, Articles 10 and 11)."""

    FEDERATION = "federation", _("Federation of trade unions")
    INDUSTRIAL = "industrial", _("Industrial union")
    GRASSROOTS = "grassroots", _("Grassroots union")
    JOINT = "joint", _("Joint grassroots union")
    GROUP = "group", _("Union group")


class Status(models.TextChoices):
    """Where it stands in its life."""

    PREPARING = "preparing", _("Being founded")
    ACTIVE = "active", _("Active")
    DISSOLVED = "dissolved", _("Dissolved")


class WorkerKind(models.TextChoices):
    """Kinds of worker a union may admit directly, without an employer's union between."""

    COURIER = "courier", _("Couriers and food delivery riders")
    DRIVER = "driver", _("Ride-hailing and truck drivers")
    LIVE_COMMERCE = "live_commerce", _("Live commerce hosts and online sellers")
    DOMESTIC = "domestic", _("Domestic and care workers")
    CASUAL = "casual", _("Casual and self-employed workers")
    EMPLOYEE = "employee", _("Employees whose employer has no union")


class Origin(models.TextChoices):
    """Where a record comes from, so that nobody mistakes seed or made-up data for the register."""

    REGISTER = "register", _("Registered here")
    SEED = "seed", _("Seed data generated from the division table")
    DEMO = "demo", _("Made up for the demonstration")


class Employer(models.Model):
    """A unit that employs workers."""

    id = ids.primary_key()
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, unique=True, null=True, db_collation="C")
    division = models.ForeignKey(Division, models.PROTECT)
    trade = models.CharField(max_length=60, blank=True, help_text="what it does, in words")
    address = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.REGISTER)

    def __str__(self) -> str:
        return self.name


class Union(models.Model):
    """A trade union organisation. Its place in the territorial tree is `path`; an industrial tree,
    where it has one, lies beside it."""

    id = ids.primary_key()
    number = models.CharField(max_length=14, unique=True, db_collation="C")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.REGISTER)

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=160, unique=True, db_collation="C")
    depth = models.PositiveSmallIntegerField()
    industry_parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="industry_children"
    )
    industry_path = models.CharField(max_length=160, null=True, db_collation="C", db_index=True)
    division = models.ForeignKey(Division, models.PROTECT, related_name="unions")
    trade = models.CharField(max_length=60, blank=True)

    uscc = models.CharField(max_length=18, unique=True, null=True, blank=True, db_collation="C")
    founded_date = models.DateField(null=True, blank=True)
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
                name="union_root_has_no_parent",
                condition=Q(parent__isnull=True, depth=0) | Q(parent__isnull=False, depth__gt=0),
            ),
            models.CheckConstraint(
                name="union_industry_path_with_parent",
                condition=Q(industry_parent__isnull=True) | Q(industry_path__isnull=False),
            ),
            models.CheckConstraint(
                name="union_committee_ends_after_election",
                condition=Q(committee_ends_date__isnull=True)
                | Q(committee_elected_date__isnull=True)
                | Q(committee_ends_date__gt=F("committee_elected_date")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """What one union's subtree adds up to, as folded so far: see `FigureChange`."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="figures")
    metric = models.CharField(max_length=40, db_collation="C")
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["union", "metric"], name="figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.metric}={self.value}"


class FigureChange(models.Model):
    """A change not yet folded into the figures above it. Written in the transaction of its cause,
    so that a reader who adds the changes to the figures is exact at once, while no two writers ever
    wait for each other at the top of the tree."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="+")
    metric = models.CharField(max_length=40, db_collation="C")
    change = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.metric}{self.change:+}"
