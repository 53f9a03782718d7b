"""Who asked how often within a minute."""

from django.db import models

from niangjia.core import ids


class RequestCount(models.Model):
    """So many requests of one account or address (a keyed digest) in one minute since 1970."""

    id = ids.primary_key()
    who = models.BinaryField(max_length=32)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["who", "minute"], name="request_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minute}: {self.count}"
