"""What this room tells the rooms above: facts, by id."""

import datetime as dt
import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class RatingGiven(Event):
    """Somebody rated a finished service, from 5 (best) to 1."""

    rating_id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID
    level: int
    channel: str
    round: int


@dataclass(frozen=True)
class RectificationOrdered(Event):
    """A bad rating opened an order, or opened it again (`reopenings` > 0)."""

    order_id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID
    union_id: uuid.UUID
    due_at: dt.datetime
    reopenings: int


@dataclass(frozen=True)
class RectificationAnswered(Event):
    """The union has told whoever rated badly what it found and did; the review follows."""

    subject_kind: str
    subject_id: uuid.UUID


@dataclass(frozen=True)
class RatingAskedAgain(Event):
    """What was rated badly is said to be put right: whoever was served is asked again."""

    subject_kind: str
    subject_id: uuid.UUID
    round: int


@dataclass(frozen=True)
class RectificationEscalated(Event):
    """An order was not done in time and went to the union above."""

    order_id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID
    from_union_id: uuid.UUID
    to_union_id: uuid.UUID


@dataclass(frozen=True)
class RectificationClosed(Event):
    """An order ended: "satisfied" or "not_rated"."""

    order_id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID
    outcome: str
