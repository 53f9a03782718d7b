"""From ratings to a score that a few cannot make or break."""

import math
from dataclasses import dataclass

from niangjia.feedback.rules.metrics import Distribution

#: A score is drawn towards the one above as if so many more had rated like there.
PRIOR_RATINGS = 20
#: Where nothing is known at all: "satisfied", with the spread of real ratings.
PRIOR_MEAN, PRIOR_VARIANCE = 4.0, 1.0
#: 95 of 100 such intervals hold the true value.
Z = 1.96


@dataclass(frozen=True)
class Score:
    """A mean between 1 and 5, drawn towards its parent's, and its interval."""

    mean: float
    low: float
    high: float


def total(levels: Distribution) -> int:
    """How many ratings."""
    return sum(levels.values())


def shrunk(levels: Distribution, *, towards: float = PRIOR_MEAN) -> Score:
    """The score of `levels`.

    The mean is that of the ratings and of twenty more at `towards`, the mean of the union above or
    of all items: two enthusiasts do not make a five. The interval is mean ± 1.96 standard errors,
    the variance drawn in the same way towards 1, and stays between 1 and 5.
    """
    count = total(levels)
    weight = count + PRIOR_RATINGS
    mean = (sum(level * n for level, n in levels.items()) + PRIOR_RATINGS * towards) / weight
    squares = sum(n * (level - mean) ** 2 for level, n in levels.items())
    variance = (squares + PRIOR_RATINGS * PRIOR_VARIANCE) / weight
    half = Z * math.sqrt(variance / weight)
    return Score(mean=mean, low=max(1.0, mean - half), high=min(5.0, mean + half))
