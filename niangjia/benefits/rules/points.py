"""Points for benefits that are shared out by score: pure, and the same for every union."""

from django.utils.translation import gettext_lazy as _

#: What everybody begins with, and what each coupon of the last twelve months takes away.
FULL, LESS = 100, 10
MONTHS_DAYS = 365
RULE = _(
    "Whoever has had least goes first: everybody has 100 points, less 10 for each coupon of a "
    "union in the last 12 months. Equal points are put in random order."
)


def points(had: int) -> int:
    """The points of somebody who was given `had` coupons in the last 365 days, from 0 to 100."""
    return max(0, FULL - LESS * had)
