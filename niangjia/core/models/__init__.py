"""What happened, what is on its way up, which days are working days, what was answered, files."""

from niangjia.core.models.audit import AuditEntry, AuditLane
from niangjia.core.models.calendar import CalendarYear, WorkingDay
from niangjia.core.models.files import FileChunk, SealedPicture, StoredFile
from niangjia.core.models.idempotency import AnsweredRequest
from niangjia.core.models.outbox import OutboxDelivery, OutboxEvent
from niangjia.core.models.request_counts import RequestCount

__all__ = [
    "AnsweredRequest",
    "AuditEntry",
    "AuditLane",
    "CalendarYear",
    "FileChunk",
    "OutboxDelivery",
    "OutboxEvent",
    "RequestCount",
    "SealedPicture",
    "StoredFile",
    "WorkingDay",
]
