"""Facts about places, for the rooms above. Ids only."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class PlacePublished(Event):
    """It is on the map."""

    place_id: uuid.UUID


@dataclass(frozen=True)
class PlaceChanged(Event):
    """What is published about it has changed: hours, point, facilities or words."""

    place_id: uuid.UUID


@dataclass(frozen=True)
class PlaceClosed(Event):
    """It is closed for good."""

    place_id: uuid.UUID


@dataclass(frozen=True)
class PlaceReported(Event):
    """Somebody said how they found it."""

    place_id: uuid.UUID
    report_id: uuid.UUID


@dataclass(frozen=True)
class PlaceInspected(Event):
    """An officer was there and looked."""

    place_id: uuid.UUID
    inspection_id: uuid.UUID


@dataclass(frozen=True)
class SuppliesAsked(Event):
    """Somebody asks for something that is used up at a place. Whoever asks for the same while it is
    not there yet joins in silently."""

    place_id: uuid.UUID
    request_id: uuid.UUID


@dataclass(frozen=True)
class SuppliesUnanswered(Event):
    """Nobody answered a request in time, or nobody keeps the place: the union that may see to it
    has to."""

    place_id: uuid.UUID
    request_id: uuid.UUID


@dataclass(frozen=True)
class SuppliesEnded(Event):
    """What was asked for has come, or is not brought."""

    place_id: uuid.UUID
    request_id: uuid.UUID
