"""What a telephone system reports, and how we know that it was the telephone system."""

import datetime as dt
import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.members.rules import phones

#: How far the clocks of the telephone system and of the node may be apart, and so how long a
#: report that somebody overheard can be sent again.
TOLERANCE = dt.timedelta(minutes=5)
VERSION = "v1"
NOT_A_DIGIT = re.compile(r"[^\d+]")


class Kind(StrEnum):
    """What happened to a call. A call that is answered ends with `ENDED`; one that nobody answered,
    because the caller hung up, with `ABANDONED`. `RATED`: once the agent had hung up, the caller
    was asked how it was and pressed a key."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"
    ABANDONED = "abandoned"
    RECORDING = "recording_ready"
    RATED = "rated"


#: What the keys mean, as hotlines say it: "非常满意请按 1 … 非常不满意请按 5".
LEVELS = {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}


@dataclass(frozen=True)
class Event:
    """One report. `line` is the number that was dialled, `call` and `event` are the telephone
    system's own names; `caller` is the number that calls, as far as it is shown; `recording` says
    where the telephone system keeps the recording; `pressed` is one of `LEVELS` and comes with
    `RATED` alone."""

    line: str
    event: str
    call: str
    kind: Kind
    at: dt.datetime
    caller: str = ""
    recording: str = ""
    pressed: str = ""

    def canonical(self) -> str:
        """The same text for the same report, whatever it was sent as."""
        told = asdict(self) | {"at": self.at.astimezone(dt.UTC).isoformat()}
        if not self.pressed:  # so that a report from before there were keys is still the same
            del told["pressed"]
        return json.dumps(told, sort_keys=True, ensure_ascii=False)


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """The signature of a report: HMAC-SHA-256 over the second it was signed and what it says."""
    message = f"{VERSION}:{timestamp}:".encode() + body
    return f"{VERSION}={hmac.digest(secret.encode(), message, hashlib.sha256).hex()}"


def check_signature(
    *, secret: str, timestamp: str, signature: str, body: bytes, now: dt.datetime
) -> None:
    """Raises `NotFound` unless `body` was signed under `secret` within `TOLERANCE` of `now`: to
    whoever cannot sign there is nothing at this address."""
    try:
        signed_at = int(timestamp)
    except ValueError:
        raise unsigned() from None
    if not secret or abs(now.timestamp() - signed_at) > TOLERANCE.total_seconds():
        raise unsigned()
    if not hmac.compare_digest(sign(secret, signed_at, body).encode(), signature.encode()):
        raise unsigned()


def unsigned() -> errors.NotFound:
    return errors.NotFound(_("There is no such page"))


def normalised(number: str) -> str:
    """A caller's number as it is compared: a mobile number in E.164, any other as its digits; ""
    for a hidden one."""
    try:
        return phones.normalised(number)
    except errors.Invalid:
        return NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", number))[:20]
