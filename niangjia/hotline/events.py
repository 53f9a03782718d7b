"""Facts about the hotline, for the rooms above. Ids and codes only: never who called."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class WorkOrderOpened(Event):
    """A call became a work order; `is_urgent`: somebody has to be called within minutes."""

    order_id: uuid.UUID
    line_id: uuid.UUID
    is_urgent: bool
    has_case: bool


@dataclass(frozen=True)
class CallRated(Event):
    """After a call its caller pressed a key."""

    call_id: uuid.UUID


@dataclass(frozen=True)
class CallEnded(Event):
    """A call came to its end."""

    call_id: uuid.UUID
    line_id: uuid.UUID
    ending: str
