"""What a load tells whoever started it."""

from collections.abc import Callable
from dataclasses import dataclass, field

#: Called with how many rows are done and how many there are.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not loaded: where it stands and why, in words for whoever mends the file."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


@dataclass
class LoadReport:
    """How many rows went in, counted whether or not they were there before, and which did not."""

    loaded: int = 0
    refusals: list[Refusal] = field(default_factory=list)
