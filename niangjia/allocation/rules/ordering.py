"""The order in which whoever entered is served: pure, and the same for everybody who repeats it."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal


def commitment(seed: bytes) -> str:
    """What is shown of a seed before it is used: its SHA-256, in hexadecimal."""
    return hashlib.sha256(seed).hexdigest()


def drawn_number(seed: bytes, claim_id: uuid.UUID) -> bytes:
    """The number that a claim draws: SHA-256 of the seed and then the claim's 16 bytes. Nobody can
    choose it: a claim's id is made by the database when it is written."""
    return hashlib.sha256(seed + claim_id.bytes).digest()


def random_order(seed: bytes, claim_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Claims of the opening seconds in the order in which they are served: by the number that each
    draws, the lowest first. How fast somebody's network is does not matter."""
    return sorted(claim_ids, key=lambda claim_id: drawn_number(seed, claim_id))


def order_by_score(seed: bytes, scores: Mapping[uuid.UUID, Decimal]) -> list[uuid.UUID]:
    """Claims by score, the highest first; of equal ones, whoever draws the lower number."""
    return sorted(scores, key=lambda claim_id: (-scores[claim_id], drawn_number(seed, claim_id)))
