"""Publishing counts without pointing at anybody (promise 36).

1 to 7 members are not published at any level below the country: a township's federation may
hold one union of three. What a sum would give away by subtraction is hidden with them.
"""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")

#: Counts from 1 to this are hidden.
SMALL_CELL = 7


def hidden_cells(cells: Mapping[K, int]) -> set[K]:
    """Which of `cells`, whose sum is published, to hide: the small ones, and as many of the next
    smallest as it takes for the sum not to give them away by subtraction.

    With one hidden cell the rest of the sum is that cell; with several, a rest that equals their
    number (all 1) or seven times it (all 7) is as telling.
    """
    hidden = {key for key, value in cells.items() if 0 < value <= SMALL_CELL}
    if not hidden:
        return hidden
    rest = sorted(
        (key for key, value in cells.items() if value > SMALL_CELL), key=lambda key: cells[key]
    )
    for key in rest:
        if not gives_away([cells[one] for one in hidden]):
            break
        hidden.add(key)
    return hidden


def gives_away(values: list[int]) -> bool:
    """Whether the sum of hidden `values` tells one of them."""
    small = [value for value in values if value <= SMALL_CELL]
    if len(values) > len(small):
        return len(values) < 2
    return len(values) < 2 or sum(values) in (len(values), SMALL_CELL * len(values))
