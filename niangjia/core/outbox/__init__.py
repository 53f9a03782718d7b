"""News travels up: a service publishes in its own transaction, rooms above subscribe."""

from niangjia.core.outbox.events import Event, subscribe
from niangjia.core.outbox.publishing import publish

__all__ = ["Event", "publish", "subscribe"]
