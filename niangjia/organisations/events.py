"""Facts about unions, for the rooms above."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class UnionFounded(Event):
    """A union exists."""

    union_id: uuid.UUID
    kind: str
