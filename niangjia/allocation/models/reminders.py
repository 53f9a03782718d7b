"""Who was reminded that a draw waits for them."""

from django.db import models

from niangjia.allocation.models.pools import Pool
from niangjia.core import ids


class DrawReminder(models.Model):
    """The officers who share out a pool by lot were told that its draw waits for them."""

    id = ids.primary_key()
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="draw_reminders", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["pool", "-at"], name="draw_reminder_of_pool")]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.at:%Y-%m-%d}"
