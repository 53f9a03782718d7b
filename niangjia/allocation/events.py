"""Facts about pools, for the rooms above. Ids only."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class PoolOpened(Event):
    """There is a pool; nobody can claim before its time."""

    pool_id: uuid.UUID


@dataclass(frozen=True)
class PoolClosed(Event):
    """Nobody can claim of this pool any more. What was entered can be decided now."""

    pool_id: uuid.UUID


@dataclass(frozen=True)
class PoolDecided(Event):
    """Everybody who had entered was given parts, put on the waiting list or told that nothing was
    left. The claims follow in `PartsGranted` and `ClaimsLost`."""

    pool_id: uuid.UUID


@dataclass(frozen=True)
class PoolCancelled(Event):
    """The pool was called off. Its claims follow in `ClaimsCancelled`, some at a time."""

    pool_id: uuid.UUID


@dataclass(frozen=True)
class PartsGranted(Event):
    """These claims have their parts, or hold them until they are confirmed."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PartsConfirmed(Event):
    """These claims were held or offered, and are their people's now."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PartsOffered(Event):
    """Parts came free and are kept for these claims of the waiting list, for a time."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class PartReturned(Event):
    """Somebody gave their part back, left the waiting list or declined an offer."""

    pool_id: uuid.UUID
    claim_id: uuid.UUID


@dataclass(frozen=True)
class ClaimsExpired(Event):
    """These claims were offered or held and not confirmed in time."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class ClaimsLost(Event):
    """These claims had been entered, and nothing was left for them."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class ClaimsWaitAgain(Event):
    """The waiting list of these claims had ended, and goes on after all."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class ClaimRefused(Event):
    """Whoever decides about this pool refused this claim."""

    pool_id: uuid.UUID
    claim_id: uuid.UUID


@dataclass(frozen=True)
class ClaimsCancelled(Event):
    """These claims ended because their pool was called off."""

    pool_id: uuid.UUID
    claim_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class DrawAnnounced(Event):
    """By which public value the lots of this pool will be drawn stands for everybody to see."""

    draw_id: uuid.UUID
    pool_id: uuid.UUID


@dataclass(frozen=True)
class DrawSealed(Event):
    """The list is published under its seal; whoever is on it finds their line and their code."""

    draw_id: uuid.UUID
    pool_id: uuid.UUID


@dataclass(frozen=True)
class DrawCompleted(Event):
    """The lots are drawn. Who has parts and who waits follows in `PoolDecided`."""

    draw_id: uuid.UUID
    pool_id: uuid.UUID


@dataclass(frozen=True)
class DrawVoided(Event):
    """This draw does not count; the pool is still to be decided."""

    draw_id: uuid.UUID
    pool_id: uuid.UUID
    reason: str


@dataclass(frozen=True)
class CameIn(Event):
    """Whoever has this claim came in to an occasion."""

    gate_id: uuid.UUID
    occasion: str
    claim_id: uuid.UUID
    entry_id: uuid.UUID


@dataclass(frozen=True)
class EntryDisputed(Event):
    """Something at a gate is for a person to look at."""

    gate_id: uuid.UUID
    entry_id: uuid.UUID
    problem: str
