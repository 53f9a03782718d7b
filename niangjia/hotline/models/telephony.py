"""What the telephone system reported."""

from django.db import models

from niangjia.core import ids
from niangjia.hotline.models.calls import Call
from niangjia.hotline.models.lines import Line


class TelephonyEvent(models.Model):
    """One report, taken once: the same `event_id` again changes nothing. Holds no number; `digest`
    is of what was reported, so that an id cannot be used twice for different things."""

    id = ids.primary_key()
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    event_id = models.CharField(max_length=80, db_collation="C")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    call = models.ForeignKey(Call, models.PROTECT, related_name="events")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "event_id"], name="hotline_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
