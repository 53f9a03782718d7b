"""Writing events."""

from dataclasses import asdict

from niangjia.core import clock
from niangjia.core.models import OutboxEvent
from niangjia.core.outbox.events import Event, type_name


def publish(event: Event) -> OutboxEvent:
    """Write `event` in the caller's transaction; it leaves if and only if that commits."""
    return OutboxEvent.objects.create(
        type=type_name(type(event)), payload=asdict(event), at=clock.now()
    )
