"""A union's own page of a programme: what it gathers there."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.organisations.models import Union


class ProgrammePage(models.Model):
    """What one union does under one brand, on one page. Which brands there are says
    `rules.programmes`; whatever it puts on under the brand is found by itself."""

    id = ids.primary_key()
    programme = models.CharField(max_length=24, db_collation="C")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    summary = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_made_up = models.BooleanField(default=False, help_text="for the demonstration")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "union"], name="programme_page_one_of_union"
            ),
            models.CheckConstraint(
                name="programme_page_retired_was_published",
                condition=Q(retired_at__isnull=True) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.union_id}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None and self.retired_at is None


class ProgrammeItem(models.Model):
    """One thing on such a page, by its kind and key (`core.gathering`), and why it stands there."""

    id = ids.primary_key()
    page = models.ForeignKey(ProgrammePage, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, db_collation="C")
    key = models.CharField(max_length=64, db_collation="C")
    words = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "key"], name="programme_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
