"""What a merchant and a union say to each other about a statement."""

from django.db import models
from django.db.models import Q

from niangjia.benefits.models.statements import Statement
from niangjia.core import ids


class StatementWord(models.Model):
    """One thing that was said. By the union with how many lines it took off, and what they come to;
    those stand on the next statement."""

    id = ids.primary_key()
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="said")
    at = models.DateTimeField()
    by_union = models.BooleanField(help_text="else by the merchant")
    said_by_id = models.UUIDField()
    words = models.CharField(max_length=500)
    lines = models.PositiveIntegerField(default=0, help_text="so many were taken off")
    off_fen = models.BigIntegerField(default=0, help_text="what those come to")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="statement_lines_taken_off_by_union", condition=Q(by_union=True) | Q(lines=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.at:%Y-%m-%d}"
