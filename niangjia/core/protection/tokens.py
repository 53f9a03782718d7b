"""What the app signs to say who is looking; `core_view` in the database verifies it."""

import hashlib
import hmac
import re
import time
from dataclasses import dataclass

from niangjia.core.crypto import keys

#: From signing until the database has read it; long enough for a slow network and clocks apart.
LIFE_SECONDS = 30
SUBJECT = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}", re.ASCII)


@dataclass(frozen=True)
class Token:
    """Opens one viewer's eyes, for one session of one database, until `expires` (Unix seconds).

    `kind` is "account", "receipt" or "work"; `key_number` names the key that `code` is an
    HMAC-SHA-256 under.
    """

    kind: str
    subject: str
    expires: int
    key_number: str
    code: bytes


def sign(kind: str, subject: str, *, pid: int, database: str) -> Token:
    """A token for the session with backend `pid`. Raises `ValueError` for what cannot be a subject.

    Asks the machine's clock, not `core.clock`: the database compares it with its own.
    """
    if not SUBJECT.fullmatch(subject):
        raise ValueError(f"{subject!r} cannot be a viewer")
    number, key = keys.ring().current_key("scope")
    expires = int(time.time()) + LIFE_SECONDS
    message = f"token {kind} {subject} {number} {expires} {pid} {database}"
    return Token(
        kind=kind,
        subject=subject,
        expires=expires,
        key_number=str(number),
        code=hmac.digest(key, message.encode(), hashlib.sha256),
    )
