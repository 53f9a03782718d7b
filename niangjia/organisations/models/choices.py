"""The closed lists a union is described by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
