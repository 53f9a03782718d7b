"""Chance that falls the same way every time, so that everybody's demonstration is the same."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Numbers drawn from a name: the same name always draws the same numbers."""

    def __init__(self, *name: object) -> None:
        self.name = "|".join(map(str, name))
        self.drawn = 0

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        self.drawn += 1
        digest = sha256(f"{self.name}|{self.drawn}".encode()).digest()
        return low + int.from_bytes(digest[:8]) % (high - low + 1)

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[self.number(0, len(among) - 1)]

    def share(self) -> float:
        """A number from 0 to 1."""
        return self.number(0, 1_000_000) / 1_000_000

    def happens(self, probability: float) -> bool:
        """True that often."""
        return self.share() < probability
