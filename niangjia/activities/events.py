"""Facts about activities, for the rooms above. Ids only."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class ActivityPublished(Event):
    """People can find it, and sign up in its time."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class RunCancelled(Event):
    """A run was called off. Whoever had a seat or waited is told, some at a time."""

    run_id: uuid.UUID


@dataclass(frozen=True)
class SessionMoved(Event):
    """A session has another time or place. Whoever signed up is told, some at a time."""

    session_id: uuid.UUID


@dataclass(frozen=True)
class SignedUp(Event):
    """Somebody asked for a seat of a run."""

    sign_up_id: uuid.UUID


@dataclass(frozen=True)
class Attended(Event):
    """Somebody came to a session."""

    sign_up_id: uuid.UUID
    session_id: uuid.UUID
