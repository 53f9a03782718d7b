"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of activity it is."""

    CULTURE = "culture", _("Arts and culture")
    SPORT = "sport", _("Sports")
    FAMILY = "family", _("With the family")
    READING = "reading", _("Reading")
    TALK = "talk", _("Talks and study")
    COURSE = "course", _("Courses")
    VOLUNTEER = "volunteer", _("Volunteer work")
    RECUPERATION = "recuperation", _("Recuperation")
    HEALTH = "health", _("Health")
    MATCHMAKING = "matchmaking", _("Meeting somebody")
    JOB_FAIR = "job_fair", _("Job fairs")


class State(models.TextChoices):
    """Where an activity stands. Whether it is over follows from the time."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Called off")


class Way(models.TextChoices):
    """How it was known that somebody came."""

    LIST = "list", _("Ticked in the list")
    CODE = "code", _("By their code")
