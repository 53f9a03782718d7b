"""The plates at the doors."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.places.models.places import Place


class Plate(models.Model):
    """A plate with a QR code of its own. Only one of a place is in force; one that was carried off
    is withdrawn, and whoever scans it is told where it belonged.

    `key` is what the code carries besides the place's: nothing secret, it says which plate it is.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="plates")
    key = models.CharField(max_length=10, unique=True, db_collation="C")
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=100, blank=True)
    doubted_at = models.DateTimeField(
        null=True, help_text="since when phones that scan it are far from its place"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(withdrawn_at=None), name="plate_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.key
