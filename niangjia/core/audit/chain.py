"""How one link of the chain is computed. No database."""

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, NamedTuple

from niangjia.core.crypto import macs

LANES = 64
AS_IT_IS = (str, bool)
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


class Link(NamedTuple):
    """What one entry's code covers, as text that writer and verifier spell alike."""

    lane: int
    number: int
    id: str
    at: str
    action: str
    account_id: str | None
    subject: str
    union_id: str | None
    person_id: str | None
    purpose: str
    details: Mapping[str, Any]


def first_mac(lane: int) -> bytes:
    """What the first link of `lane` hangs on."""
    return lane.to_bytes(32, "big")


def mac(key: bytes, previous: bytes, link: Link) -> bytes:
    """HMAC-SHA-256 of the link before and this one: 32 bytes."""
    # Nearly all of it is text, and a burst writes thousands of links a second.
    parts = [quoted(each) if type(each) is str else encoded(each) for each in link]
    return macs.under(key).code(previous + f"[{','.join(parts)}]".encode())


def encoded(value: Any) -> str:
    """`value` as JSON, in the one spelling; what nearly every link has, without detours."""
    if value is None:
        return "null"
    if type(value) is int:
        return f'{{"number":"{value}"}}'
    if type(value) is dict and not value:
        return "{}"
    return ENCODER.encode(spelled(value))


def spelled(value: Any) -> Any:
    """`value` with every number in one spelling: the database keeps 1e2 as 100."""
    if value is None or isinstance(value, AS_IT_IS):
        return value
    if isinstance(value, Mapping):
        return {key: spelled(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(inner) for inner in value]
    if isinstance(value, int):
        return {"number": str(value)}
    digits = format(Decimal(repr(value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return {"number": "0" if digits == "-0" else digits}
