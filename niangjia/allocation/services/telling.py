"""Telling the rooms above of claims, some at a time."""

import uuid
from collections.abc import Callable, Iterator, Sequence

from niangjia.core import outbox

#: An event tells of no more claims than these: whoever hears of it has its own transaction for it.
EVENT_SIZE = 200


def publish_claims(
    event: Callable[[uuid.UUID, tuple[uuid.UUID, ...]], outbox.Event],
    pool_id: uuid.UUID,
    claim_ids: Sequence[uuid.UUID],
) -> None:
    """Tell of claims, in as many events as it takes; of none, in none."""
    for some in in_events(claim_ids):
        outbox.publish(event(pool_id, some))


def in_events(claim_ids: Sequence[uuid.UUID]) -> Iterator[tuple[uuid.UUID, ...]]:
    for start in range(0, len(claim_ids), EVENT_SIZE):
        yield tuple(claim_ids[start : start + EVENT_SIZE])
