"""What calls are about: five national classes, and the topics below them as data."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids


class Category(models.TextChoices):
    """The classes of the national hotline (12351 intake classes, 2023)."""

    CONSULTATION = "consultation", _("Question")
    SERVICE = "service", _("Service and help")
    COMPLAINT = "complaint", _("Petition or complaint")
    LEGAL_AID = "legal_aid", _("Legal aid (12351)")
    SUGGESTION = "suggestion", _("Opinion or suggestion")


class Grade(models.TextChoices):
    """How hard a matter is, which decides its term."""

    ORDINARY = "ordinary", _("Ordinary")
    DIFFICULT = "difficult", _("Difficult")
    COMPLEX = "complex", _("Especially complex")


class Topic(models.Model):
    """One item of the second level. National ones (`line` null) come from `topics/*.toml` and are
    overwritten by them; a line adds its own.

    `keywords` are words of callers, not of offices; `initials` are the pinyin initials that an
    agent types. A case of it is one of the service item `item_key`; without one it can only be
    answered. `urgent_words` make the page suggest the urgent flag when they are typed. What is said
    under it is `about_officer`, somebody who works at a union: the page asks at once who (ADR 158).
    """

    id = ids.primary_key()
    line = models.ForeignKey("hotline.Line", models.PROTECT, null=True, related_name="topics")
    key = models.CharField(max_length=40, db_collation="C")
    category = models.CharField(max_length=12, choices=Category)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    keywords = ArrayField(models.CharField(max_length=40), default=list)
    initials = models.CharField(max_length=60, db_collation="C")
    item_key = models.CharField(max_length=40, blank=True, db_collation="C")
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.ORDINARY)
    urgent_words = ArrayField(models.CharField(max_length=40), default=list)
    about_officer = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(line__isnull=True), name="hotline_topic_national_once"
            ),
            models.UniqueConstraint(fields=["line", "key"], name="hotline_topic_of_line_once"),
        ]

    def __str__(self) -> str:
        return self.name
