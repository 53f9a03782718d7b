"""Publishing ratings without pointing at anybody (promise 36).

Scores are published as many tables over the same ratings: by level, by item, by item and level, by
union up the tree. Hiding single cells in each of them, as is done for members, is undone by laying
the tables over one another. So every count is rounded down to tens instead ("120+"), the sums as
well: a count below ten is "fewer than 10", and no sum of published tens tells which. One case is
left, where a sum of tens can only be reached if nearly every cell ends in nine; `tells_too_much`
finds it and the table is withheld.

Whoever looks before and after somebody rated would see that one rating all the same: a score moves,
a level goes from "10+" to "20+". So a page shows closed months only, and adds them to what it said
before when ten ratings or more have come together (`ten_at_a_time`): nobody's single voice lies
between two things that it ever says (ADR 101).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from niangjia.feedback.rules.metrics import LEVELS, Distribution, Months
from niangjia.feedback.rules.scores import Score, shrunk, total

#: Counts are published in steps of this. Larger than the largest small cell (7).
STEP = 10


@dataclass(frozen=True)
class Published:
    """What everybody may know of some ratings. Counts are rounded down to tens; 0 reads "fewer than
    10". `score` is None below ten ratings; `levels` (the best first) is None where it would tell
    too much."""

    count: int
    score: Score | None
    levels: tuple[tuple[int, int], ...] | None


def ten_at_a_time(months: Months) -> Counter[int]:
    """What is said of closed months: the latest of them wait until they are ten ratings together.
    What was added once stays: each thing said differs from the one before by ten or more."""
    shown, waiting = Counter[int](), Counter[int]()
    for _month, levels in sorted(months.items()):
        waiting.update(levels)
        if total(waiting) >= STEP:
            shown.update(waiting)
            waiting = Counter()
    return shown


def rounded(count: int) -> int:
    """`count` rounded down to tens."""
    return count - count % STEP


def tells_too_much(sum_of_cells: int, cells: Sequence[int]) -> bool:
    """Whether the published sum pushes a published cell up from the bottom of its range.

    Each cell lies within its step; a sum near the most its cells can reach leaves the single cell
    less room than that. `sum_of_cells` and `cells` are exact counts.
    """
    if len(cells) < 2:
        return False
    room = sum(rounded(cell) for cell in cells) + (STEP - 1) * (len(cells) - 1)
    return rounded(sum_of_cells) > room


def published(
    levels: Distribution, *, towards: float, beside: Iterable[Distribution] = ()
) -> Published:
    """What is published of `levels`, whose score is drawn `towards` the mean above.

    `beside` are the other distributions that add up to the same published one: their cells of each
    level are looked at as well.
    """
    count = total(levels)
    if count < STEP:
        return Published(count=0, score=None, levels=None)
    others = list(beside)
    rows = [levels.get(level, 0) for level in LEVELS]
    columns = [
        [levels.get(level, 0), *(other.get(level, 0) for other in others)] for level in LEVELS
    ]
    withheld = tells_too_much(count, rows) or any(
        tells_too_much(sum(column), column) for column in columns
    )
    score = shrunk(levels, towards=towards)
    return Published(
        count=rounded(count),
        score=Score(round(score.mean, 1), round(score.low, 1), round(score.high, 1)),
        levels=None
        if withheld
        else tuple((level, rounded(levels.get(level, 0))) for level in LEVELS),
    )
