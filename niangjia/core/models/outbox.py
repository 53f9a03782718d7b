"""Facts on their way up, and which handler has taken which in."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from niangjia.core import ids


class OutboxEvent(models.Model):
    """A fact on its way up to the rooms that subscribed to it."""

    id = ids.primary_key()
    at = models.DateTimeField(db_index=True)
    type = models.CharField(max_length=100)
    payload = models.JSONField(encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return self.type


class OutboxDelivery(models.Model):
    """One event taken in by one handler. The constraint is what makes a repeat harmless."""

    id = ids.primary_key()
    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="outbox_delivered_once"),
        ]

    def __str__(self) -> str:
        return self.handler
