"""What agents read out: knowledge, with the law it rests on and the day it was right."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from niangjia.core import ids


class Article(models.Model):
    """One wording of an article. Editing writes a new row and retires the one before, so that an
    order keeps for ever what was read out to the caller. National ones have no `line`; a line's own
    of the same key stands in its place there.

    `as_of_date` is the day on which somebody last compared it with the law.
    """

    id = ids.primary_key()
    line = models.ForeignKey("hotline.Line", models.PROTECT, null=True, related_name="articles")
    key = models.CharField(max_length=40, db_collation="C")
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=80)
    body = models.TextField(max_length=6000)
    basis = models.CharField(max_length=400, blank=True)
    topics = ArrayField(models.CharField(max_length=40), default=list)
    as_of_date = models.DateField()
    is_current = models.BooleanField(default=True)
    edited_at = models.DateTimeField()
    edited_by_account_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(line__isnull=True, is_current=True),
                name="hotline_article_national_once",
            ),
            models.UniqueConstraint(
                fields=["line", "key"],
                condition=Q(is_current=True),
                name="hotline_article_of_line_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
