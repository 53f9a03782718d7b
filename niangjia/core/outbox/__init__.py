"""News travels up: a service publishes in its own transaction, rooms above subscribe."""

from niangjia.core.outbox.dead_letters import DeadLetter, list_dead_letters, revive
from niangjia.core.outbox.delivery import deliver, deliver_pending, forget_delivered, pending
from niangjia.core.outbox.events import Event, subscribe
from niangjia.core.outbox.publishing import DELIVER, publish

__all__ = [
    "DELIVER",
    "DeadLetter",
    "Event",
    "deliver",
    "deliver_pending",
    "forget_delivered",
    "list_dead_letters",
    "pending",
    "publish",
    "revive",
    "subscribe",
]
