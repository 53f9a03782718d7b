"""What a gate of `allocation` calls a session of ours: pure."""

import uuid

KIND = "session"


def occasion_of(session_id: uuid.UUID) -> str:
    """The name that codes are bound to."""
    return f"{KIND}:{session_id}"


def session_of(occasion: str) -> uuid.UUID | None:
    """The session that an occasion names, if it is one of ours."""
    kind, _, session_id = occasion.partition(":")
    return uuid.UUID(session_id) if kind == KIND else None
