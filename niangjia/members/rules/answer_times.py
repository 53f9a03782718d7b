"""How long applicants waited, from the counts of whole hours."""

from collections.abc import Mapping

METRIC = "answer_hours:"


def median_hours(figures: Mapping[str, int]) -> float | None:
    """The median of the whole hours from application to answer, or None when nothing is answered.

    `figures` counts answers by whole hours ("answer_hours:<h>"). With an even number of answers it
    is the mean of the two in the middle.
    """
    counts = sorted(
        (int(metric.removeprefix(METRIC)), count)
        for metric, count in figures.items()
        if metric.startswith(METRIC) and count > 0
    )
    total = sum(count for _hours, count in counts)
    if total == 0:
        return None
    lower, upper = (total - 1) // 2, total // 2
    return (_at(counts, lower) + _at(counts, upper)) / 2


def _at(counts: list[tuple[int, int]], index: int) -> int:
    """The hours of the answer at `index` when all stand in order."""
    for hours, count in counts:
        index -= count
        if index < 0:
            return hours
    raise IndexError(index)
