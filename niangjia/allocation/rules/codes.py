"""Codes that show that a part is one's own: new every 30 seconds, for one occasion (promise 38).

A claim has no stored secret. For each occasion (a session, a day at a shop) its key follows from
the node's digest key by the node's own hash; a steward's device is given the keys of one occasion,
and whoever finds that device can make no code for another. What is shown changes by the rule of
RFC 6238 with HMAC-SHA-256, because that is what every browser computes without a network.
"""

import base64
import binascii
import datetime as dt
import hmac
import uuid
from dataclasses import dataclass

from niangjia.core.crypto import digest

STEP_SECONDS = 30
#: A phone's clock and a slow hand cost at most one step where the server's own clock decides.
TOLERATED_STEPS = 1
#: A steward's device without a network may be off by a minute more; the page says how far it is.
OFFLINE_TOLERATED_STEPS = 3

_ID_BYTES, _MAC_BYTES, _DIGITS = 16, 12, 6


@dataclass(frozen=True, slots=True)
class Shown:
    """What a code says: which claim, and the proof."""

    claim_id: uuid.UUID
    mac: bytes


def step_at(moment: dt.datetime) -> int:
    """The number of the 30 seconds that `moment` lies in, since 1970."""
    return int(moment.timestamp()) // STEP_SECONDS


def seconds_left(moment: dt.datetime) -> int:
    """Whole seconds until the next code, 1 to 30."""
    return STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS


def key_for(claim_id: uuid.UUID, occasion: str) -> bytes:
    """The key of a claim for one occasion: 32 bytes, HMAC-SM3 or HMAC-SHA-256 by the node's suite.
    Nothing follows from it for another occasion or another claim."""
    return digest("claim-code", f"{claim_id.hex}:{occasion}")


def proof(key: bytes, step: int) -> bytes:
    """HMAC-SHA-256 of the step, as eight bytes, under the key: 32 bytes."""
    return hmac.digest(key, step.to_bytes(8), "sha256")


def code_at(claim_id: uuid.UUID, key: bytes, step: int) -> str:
    """What the QR carries: the claim's id and 96 bits of the proof; 38 characters that are safe in
    an address."""
    raw = claim_id.bytes + proof(key, step)[:_MAC_BYTES]
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def digits_at(key: bytes, step: int) -> str:
    """Six digits to read out and type, with the number of the place, where nothing can scan."""
    tail = int.from_bytes(proof(key, step)[_MAC_BYTES : _MAC_BYTES + 8])
    return f"{tail % 10**_DIGITS:0{_DIGITS}d}"


def parse(code: str) -> Shown | None:
    """The claim and the proof in a code, or in the address that a QR carries; None when it is none
    of ours."""
    text = code.strip().rstrip("/").rpartition("/")[2]
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _ID_BYTES + _MAC_BYTES:
        return None
    return Shown(uuid.UUID(bytes=raw[:_ID_BYTES]), raw[_ID_BYTES:])


def parse_typed(text: str) -> tuple[int, str] | None:
    """The place and the digits in "42 123456" (spaces and hyphens anywhere between); None when it
    has another form. The last six digits are the code's."""
    typed = "".join(text.replace("-", "").split())
    if not (typed.isascii() and typed.isdigit() and _DIGITS < len(typed) <= _DIGITS + 9):
        return None
    return int(typed[:-_DIGITS]), typed[-_DIGITS:]


def step_of_mac(key: bytes, mac: bytes, now: int, tolerated: int = TOLERATED_STEPS) -> int | None:
    """The step whose proof `mac` is, if it lies no more than `tolerated` from `now`."""
    for step in nearest_first(now, tolerated):
        if hmac.compare_digest(proof(key, step)[:_MAC_BYTES], mac):
            return step
    return None


def step_of_digits(key: bytes, digits: str, now: int) -> int | None:
    """The same for typed digits."""
    for step in nearest_first(now, TOLERATED_STEPS):
        if hmac.compare_digest(digits_at(key, step).encode(), digits.encode()):
            return step
    return None


def nearest_first(now: int, tolerated: int) -> list[int]:
    return sorted(range(now - tolerated, now + tolerated + 1), key=lambda step: abs(step - now))
