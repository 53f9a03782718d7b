"""How long unions take to answer, from counts that add up along the tree."""

from collections.abc import Mapping
from itertools import accumulate

PREFIX = "answer_hours:"


def histogram(figures: Mapping[str, int]) -> dict[int, int]:
    """Applications decided, by how many whole hours the answer took."""
    return {
        int(metric.removeprefix(PREFIX)): count
        for metric, count in figures.items()
        if metric.startswith(PREFIX) and count > 0
    }


def median_from_histogram(counts: Mapping[int, int]) -> float | None:
    """The exact median of values given as counts by value; None when there are none.

    Medians of parts cannot be combined into the median of the whole, histograms can: that is why
    the ledger counts each hour on its own.
    """
    total = sum(counts.values())
    if total == 0:
        return None
    values = sorted(counts)
    reached = list(accumulate(counts[value] for value in values))

    def value_at(position: int) -> int:
        return next(value for value, last in zip(values, reached, strict=True) if position < last)

    return (value_at((total - 1) // 2) + value_at(total // 2)) / 2
