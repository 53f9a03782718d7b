"""Value lists of the member's registration sheet (会员登记表)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Education(models.TextChoices):
    """The highest schooling completed."""

    LOWER = "lower_secondary", _("Junior secondary school or less")
    UPPER = "upper_secondary", _("Senior secondary or vocational school")
    COLLEGE = "college", _("Junior college")
    BACHELOR = "bachelor", _("Bachelor's degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate degree")


class Workplace(models.TextChoices):
    """Where somebody works for the most part, as their union says: 防暑降温措施管理办法 (安监总安健
    〔2012〕89号) gives whoever works outdoors in the heat rights of their own."""

    INDOORS = "indoors", _("Indoors for the most part")
    OUTDOORS = "outdoors", _("Outdoors for the most part")


class SkillLevel(models.TextChoices):
    """Vocational skill levels, the eight of 2022 (人社部发〔2022〕14号), and none."""

    NONE = "none", _("No certificate")
    APPRENTICE = "apprentice", _("Apprentice")
    JUNIOR = "junior", _("Junior worker (level 5)")
    INTERMEDIATE = "intermediate", _("Intermediate worker (level 4)")
    SENIOR = "senior", _("Senior worker (level 3)")
    TECHNICIAN = "technician", _("Technician (level 2)")
    SENIOR_TECHNICIAN = "senior_technician", _("Senior technician (level 1)")
    SPECIAL_TECHNICIAN = "special_technician", _("Special-grade technician")
    CHIEF_TECHNICIAN = "chief_technician", _("Chief technician")
