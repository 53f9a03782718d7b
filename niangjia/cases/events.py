"""Facts about cases, for the rooms above. Ids and codes only: never who asked, or about whom."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """Somebody asked for something."""

    case_id: uuid.UUID
    item: str
    handler_id: uuid.UUID
    is_complaint: bool
    is_urgent: bool = False


@dataclass(frozen=True)
class CaseStepTaken(Event):
    """A step ended with an outcome."""

    case_id: uuid.UUID
    step: str
    outcome: str


@dataclass(frozen=True)
class CaseMoved(Event):
    """Another union handles the case now."""

    case_id: uuid.UUID
    from_union_id: uuid.UUID
    to_union_id: uuid.UUID


@dataclass(frozen=True)
class CaseClosed(Event):
    """A case has come to its end; `result` is "withdrawn" when its applicant took it back."""

    case_id: uuid.UUID
    item: str
    result: str
