"""Facts about pools, for the rooms above. Ids only."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class PartsGranted(Event):
    """These claims of a pool were granted, together."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PartReturned(Event):
    """A part was given back; it can be claimed again."""

    pool_id: uuid.UUID
    claim_id: uuid.UUID
