"""The order in which whoever entered is served: pure, and the same for everybody who repeats it."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

FORMAT = "niangjia-order-1"
#: Scores are told apart, and published, to so many places.
SCORE_STEP = Decimal("0.0001")


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


@dataclass(frozen=True)
class Served:
    """How a pool stood when whoever had entered was served: `left` parts for everybody, `kept` for
    single unions; the claims in their order, each with its parts, `scores` where there are any, and
    which of them `had` their parts at once."""

    pool_id: uuid.UUID
    seed: bytes
    left: int
    kept: int
    order: Sequence[uuid.UUID]
    parts: Mapping[uuid.UUID, int]
    scores: Mapping[uuid.UUID, Decimal]
    had: Collection[uuid.UUID]


def order_file(served: Served) -> str:
    """What is published of it, for `check_order.py`: a head of six lines, then a line for each
    claim: its place, its id, how many parts, its score or "-", and whether it has them. An id tells
    nobody who it is; each finds their own."""
    head = (
        FORMAT,
        f"pool {served.pool_id}",
        f"fingerprint {commitment(served.seed)}",
        f"number {served.seed.hex()}",
        f"parts {served.left}",
        f"kept {served.kept}",
    )
    lines = (
        " ".join(
            (
                str(place),
                str(claim_id),
                str(served.parts[claim_id]),
                f"{served.scores[claim_id]:.4f}" if claim_id in served.scores else "-",
                "has" if claim_id in served.had else "waits",
            )
        )
        for place, claim_id in enumerate(served.order, 1)
    )
    return "".join(f"{line}\n" for line in (*head, *lines))
