"""What happened, what is on its way up, and which days are working days."""

from niangjia.core.models.audit import AuditEntry, AuditLane
from niangjia.core.models.calendar import CalendarYear, WorkingDay
from niangjia.core.models.outbox import OutboxDelivery, OutboxEvent

__all__ = [
    "AuditEntry",
    "AuditLane",
    "CalendarYear",
    "OutboxDelivery",
    "OutboxEvent",
    "WorkingDay",
]
