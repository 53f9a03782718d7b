"""Addresses under which calendars of other programs read what somebody signed up for."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.members.models import Account


class CalendarAddress(models.Model):
    """Whoever knows the address reads the calendar; only its digest is kept, so it is shown once
    and can be ended."""

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at__isnull=True),
                name="calendar_one_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
