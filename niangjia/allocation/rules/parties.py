"""Who comes in on one claim beside its holder: a team, as the room above knows it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a claim's party: named by the room above, shown as stewards see people."""

    id: uuid.UUID
    shown: str


Parties = Mapping[uuid.UUID, list[Member]]
_readers: dict[str, Callable[[Collection[uuid.UUID]], Parties]] = {}


def register(kind: str, reader: Callable[[Collection[uuid.UUID]], Parties]) -> None:
    """Declare who belongs to claims at gates of this kind of occasion ("session"), without the
    holders themselves. Called from an AppConfig."""
    _readers[kind] = reader


def of_claims(occasion: str, claim_ids: Collection[uuid.UUID]) -> Parties:
    """The parties of these claims, none of those that are of one person."""
    reader = _readers.get(occasion.partition(":")[0])
    return reader(claim_ids) if reader and claim_ids else defaultdict(list)
