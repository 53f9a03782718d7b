"""A call begins, however it came."""

import datetime as dt
from typing import Any

from niangjia.core import crypto
from niangjia.hotline.models import Call, Channel, Line
from niangjia.hotline.rules import telephony
from niangjia.hotline.selectors import number_digest
from niangjia.hotline.services import figures, sealing
from niangjia.organisations.services import next_ids


def begin_call(*, line: Line, channel: Channel, rang_at: dt.datetime, **fields: Any) -> Call:
    """A new call that waits, not saved yet, with a key of its own; counted at the line's union."""
    call = Call(id=next_ids(1)[0], line=line, channel=channel, rang_at=rang_at, **fields)
    _key, call.sealed_key = crypto.new_key(sealing.context_of(call))
    figures.count(line, figures.CALLS)
    return call


def set_number(call: Call, number: str) -> None:
    """Note from which number a call comes, unless its caller wants to stay unknown."""
    plain = telephony.normalised(number)
    if plain and not call.is_forgotten and call.number_digest is None:
        call.number = sealing.key_of(call).seal(plain, part="number")
        call.number_digest = number_digest(plain)
