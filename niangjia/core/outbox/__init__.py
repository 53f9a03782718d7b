"""News travels up: a service publishes in its own transaction, rooms above subscribe."""

from niangjia.core.outbox.delivery import deliver, deliver_pending
from niangjia.core.outbox.events import Event, subscribe
from niangjia.core.outbox.publishing import DELIVER, publish

__all__ = ["DELIVER", "Event", "deliver", "deliver_pending", "publish", "subscribe"]
