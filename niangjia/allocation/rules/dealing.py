"""Dealing out what there is to claims in their order: pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim in line: how many parts, and which share it may take from besides what is for
    everybody."""

    claim_id: uuid.UUID
    parts: int
    share_id: uuid.UUID | None


@dataclass
class Rest:
    """What there is: `left` for everybody, and by share for its own."""

    left: int
    shares: dict[uuid.UUID, int]

    @property
    def is_empty(self) -> bool:
        return self.left <= 0 and not any(self.shares.values())

    def take(self, wanted: Wanted) -> tuple[bool, uuid.UUID | None]:
        """Whether there is enough for a claim, which then has it, and the share it came from: its
        own first, so that what is for everybody lasts."""
        if wanted.share_id and self.shares.get(wanted.share_id, 0) >= wanted.parts:
            self.shares[wanted.share_id] -= wanted.parts
            return True, wanted.share_id
        if self.left >= wanted.parts:
            self.left -= wanted.parts
            return True, None
        return False, None


@dataclass(frozen=True, slots=True)
class Dealt:
    """A claim that gets its parts, and the share they come from."""

    wanted: Wanted
    share_id: uuid.UUID | None


def deal(line: Iterable[Wanted], left: int, shares: Mapping[uuid.UUID, int]) -> list[Dealt]:
    """Who of a line gets their parts, in its order.

    A claim of more parts than there are is passed over and keeps its place: nothing stays unused
    that somebody behind it can use. Stops looking when nothing is left.
    """
    rest = Rest(left, dict(shares))
    dealt: list[Dealt] = []
    if rest.is_empty:
        return dealt
    for wanted in line:
        is_dealt, share_id = rest.take(wanted)
        if is_dealt:
            dealt.append(Dealt(wanted, share_id))
            if rest.is_empty:
                break
    return dealt
