"""What a search shows of each union it finds."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from niangjia.organisations.models import Kind, Origin, Status, WorkerKind
from niangjia.organisations.rules import positions

#: In the order of `FoundUnion`, but for the distance, which comes last.
COLUMNS = """
    u.number, u.name, u.kind, u.status, u.origin, s.place, u.address, u.phone,
    u.admits_directly, s.longitude, s.latitude, s.is_approximate
"""

#: More kinds of workers than these are only counted in a list.
NAMED = 2


@dataclass(frozen=True, slots=True)
class FoundUnion:
    """A union in a list of results. Coordinates in degrees, WGS-84; `is_approximate` says that
    they are its division's. `distance_metres` is None when nobody said from where."""

    number: str
    name: str
    kind: str
    status: str
    origin: str
    place: str
    address: str
    phone: str
    admits_directly: list[str]
    longitude: float | None
    latitude: float | None
    is_approximate: bool
    distance_metres: float | None = None

    @property
    def kind_label(self) -> Any:
        return Kind(self.kind).label

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def is_demo(self) -> bool:
        return self.origin == Origin.DEMO

    @property
    def admits_text(self) -> str:
        """Whom it admits directly, in words: two kinds by name, and how many there are."""
        if len(self.admits_directly) == len(WorkerKind):
            return gettext("All kinds of workers can join directly")
        labels = [str(WorkerKind(worker).label) for worker in self.admits_directly]
        named = {"named": gettext(", ").join(labels[:NAMED]), "count": len(labels)}
        if len(labels) > NAMED:
            return gettext("Admits directly: %(named)s and others, %(count)d kinds") % named
        return gettext("Admits directly: %(named)s") % named if labels else ""

    @property
    def walking_minutes(self) -> int | None:
        """None when it is too far to walk, or when the point is only its division's."""
        if self.distance_metres is None or self.is_approximate:
            return None
        return positions.walking_minutes(self.distance_metres)

    @property
    def distance_kilometres(self) -> str:
        """ "0.4", "3.2", "128": one decimal while it says something."""
        metres = self.distance_metres or 0
        kilometres = metres / 1000
        return f"{kilometres:.1f}" if kilometres < 10 else str(math.floor(kilometres + 0.5))
