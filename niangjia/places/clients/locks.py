"""The lock of a door, seen from the node, and one that nobody has to buy.

A lock asks the node (`/api/v1/locks/`, docs/locks.md): it pairs once, fetches its pack when it has
a network, and tells what happened. Between that it is alone.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from niangjia.places.models import DoorSaid
from niangjia.places.rules import doors
from niangjia.places.rules.doors import Pack, Shown


@dataclass(frozen=True)
class Told:
    """Something that happened at a door, as the lock noted it by its own clock. `pass_id` is sent
    with what opened it, so that one person is one visit, and kept by nobody."""

    id: uuid.UUID
    said: DoorSaid
    at: dt.datetime
    pass_id: uuid.UUID | None = None


class Node(Protocol):
    """The node as a lock reaches it. Each raises `OSError` where there is no network."""

    def pair(self, code: str) -> str: ...

    def fetch(self, token: str) -> Pack: ...

    def tell(self, token: str, events: list[Told], now: dt.datetime) -> set[uuid.UUID]:
        """The ids that the node has taken in."""


class DoorLock(Protocol):
    """What a lock does, whoever makes it."""

    def pair(self, code: str) -> None: ...

    def connect(self) -> bool:
        """Tell what happened and fetch the pack; False where there is no network."""

    def hold(self, code: str) -> DoorSaid:
        """Somebody holds a code to it."""

    def force(self) -> None:
        """The door is opened by something else than a code."""


@dataclass
class OfflineLock:
    """A lock as they are: a clock that drifts, a battery that dies, a network now and then.

    What it has noted survives losing power; which half minutes were shown does not, as in a lock
    without a disk.
    """

    node: Node
    clock_of: "Clock"
    drift: dt.timedelta = dt.timedelta()
    token: str = ""
    pack: Pack | None = None
    noted: list[Told] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)

    def now(self) -> dt.datetime:
        return self.clock_of() + self.drift

    def pair(self, code: str) -> None:
        """Once, by whoever mounts it."""
        self.token = self.node.pair(code)

    def connect(self) -> bool:
        """What was not answered is told again the next time: the node knows it by its id."""
        try:
            taken = self.node.tell(self.token, self.noted, self.now())
            self.noted = [each for each in self.noted if each.id not in taken]
            self.pack = self.node.fetch(self.token)
        except OSError:
            return False
        return True

    def hold(self, code: str) -> DoorSaid:
        if self.pack is None:
            return self.note(DoorSaid.OUT_OF_DATE)
        said, pass_id = doors.judge(self.pack, code, self.shown, now=self.now())
        return self.note(said, pass_id)

    def force(self) -> None:
        self.note(DoorSaid.FORCED)

    def lose_power(self) -> None:
        """And come back: what was shown is forgotten."""
        self.shown = Shown()

    def note(self, said: DoorSaid, pass_id: uuid.UUID | None = None) -> DoorSaid:
        self.noted.append(Told(uuid.uuid4(), said, self.now(), pass_id))
        return said


class Clock(Protocol):
    """The true time."""

    def __call__(self) -> dt.datetime: ...
