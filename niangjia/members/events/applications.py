"""Facts about applications."""

from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class ApplicationSubmitted(Event):
    """A worker applied. `kind` is "join" or "transfer"; `due_at` is ISO 8601."""

    application_id: str
    union_id: str
    kind: str
    due_at: str


@dataclass(frozen=True)
class ApplicationEscalated(Event):
    """An answer was late, or the union is gone: the one above must answer now."""

    application_id: str
    from_union_id: str
    to_union_id: str
    due_at: str


@dataclass(frozen=True)
class ApplicationDecided(Event):
    """An officer answered. `verdict` is "admitted" or "refused"."""

    application_id: str
    union_id: str
    verdict: str
    answer_hours: int


@dataclass(frozen=True)
class ApplicationWithdrawn(Event):
    """The applicant took it back."""

    application_id: str
    union_id: str
