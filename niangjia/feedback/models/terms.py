"""The terms a union sets for itself and all below it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from niangjia.core import ids
from niangjia.organisations.models import Union


class RectificationTerm(models.Model):
    """How many working days an order has at `union` and below; the nearest one above counts.
    Without any: fifteen."""

    id = ids.primary_key()
    union = models.OneToOneField(Union, models.PROTECT, related_name="+")
    working_days = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    set_at = models.DateTimeField()
    set_by_account_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.union_id}: {self.working_days}"
