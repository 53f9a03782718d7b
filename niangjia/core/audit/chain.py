"""How one link of the chain is computed. No database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac

LANES = 64


@dataclass(frozen=True)
class Link:
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
    fields = [getattr(link, name) for name in Link.__dataclass_fields__]
    text = json.dumps(spelled(fields), sort_keys=True, separators=(",", ":"))
    code = hmac.HMAC(key, hashes.SHA256())
    code.update(previous + text.encode())
    return code.finalize()


def spelled(value: Any) -> Any:
    """`value` with every number in one spelling: the database keeps 1e2 as 100."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: spelled(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(inner) for inner in value]
    digits = format(Decimal(repr(value)), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return {"number": "0" if digits == "-0" else digits}
