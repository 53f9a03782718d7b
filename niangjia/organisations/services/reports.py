"""What a long piece of work tells whoever started it."""

from collections.abc import Callable

#: Called with how many rows are done and how many there are.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""
