"""The member card's code: new every 30 seconds, good for half a minute either side."""

import base64
import binascii
import datetime as dt
import hmac
import uuid
from enum import StrEnum

from niangjia.core.crypto import digest

WINDOW_SECONDS = 30
#: A phone's clock and a slow network cost at most one window.
TOLERATED_WINDOWS = 1
#: Further back a genuine code is told apart from a made-up one, so that people just refresh.
REMEMBERED_WINDOWS = 120

_ID_BYTES = 16
_MAC_BYTES = 12
_DIGITS = 8


class Reading(StrEnum):
    """What a code turns out to be."""

    VALID = "valid"
    EXPIRED = "expired"
    WRONG = "wrong"


def window_at(moment: dt.datetime) -> int:
    """The number of the 30-second window that `moment` lies in."""
    return int(moment.timestamp()) // WINDOW_SECONDS


def seconds_left(moment: dt.datetime) -> int:
    """Whole seconds until the next code, 1 to 30."""
    return WINDOW_SECONDS - int(moment.timestamp()) % WINDOW_SECONDS


def _mac(membership_id: uuid.UUID, window: int) -> bytes:
    """HMAC-SM3 under the node's digest key, bound to this use."""
    return digest("member-card", f"{membership_id.hex}:{window}")


def code_for(membership_id: uuid.UUID, moment: dt.datetime) -> str:
    """The code that the QR carries: the row's id, which tells a stranger nothing, and 96 bits only
    this node can make. 38 characters that are safe in an address."""
    mac = _mac(membership_id, window_at(moment))[:_MAC_BYTES]
    return base64.urlsafe_b64encode(membership_id.bytes + mac).decode().rstrip("=")


def digits_for(membership_id: uuid.UUID, moment: dt.datetime) -> str:
    """Eight digits for typing, with the membership number, where there is no camera."""
    return _digits(membership_id, window_at(moment))


def _digits(membership_id: uuid.UUID, window: int) -> str:
    tail = int.from_bytes(_mac(membership_id, window)[_MAC_BYTES : _MAC_BYTES + 8])
    return f"{tail % 10**_DIGITS:0{_DIGITS}d}"


def parse_code(code: str) -> tuple[uuid.UUID, bytes] | None:
    """The membership id and the proof in `code`, or None when it is not one of ours."""
    try:
        raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _ID_BYTES + _MAC_BYTES:
        return None
    return uuid.UUID(bytes=raw[:_ID_BYTES]), raw[_ID_BYTES:]


def read_mac(membership_id: uuid.UUID, mac: bytes, moment: dt.datetime) -> Reading:
    """Whether the QR's proof holds now, held within the last hour, or never did."""
    now = window_at(moment)
    for window in range(now + TOLERATED_WINDOWS, now - REMEMBERED_WINDOWS - 1, -1):
        if hmac.compare_digest(_mac(membership_id, window)[:_MAC_BYTES], mac):
            near = now - window <= TOLERATED_WINDOWS
            return Reading.VALID if near else Reading.EXPIRED
    return Reading.WRONG


def read_digits(membership_id: uuid.UUID, digits: str, moment: dt.datetime) -> Reading:
    """The same for typed digits, blanks aside. An old one is simply wrong: eight digits are too few
    to try against an hour of codes."""
    typed = "".join(digits.split()).encode()
    now = window_at(moment)
    near = range(now - TOLERATED_WINDOWS, now + TOLERATED_WINDOWS + 1)
    held = [hmac.compare_digest(_digits(membership_id, window).encode(), typed) for window in near]
    return Reading.VALID if any(held) else Reading.WRONG
