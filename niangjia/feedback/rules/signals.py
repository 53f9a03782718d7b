"""What looks like manipulation. Numbers for people to judge; nothing is deleted because of them."""

import datetime as dt
from collections.abc import Sequence

#: So many top ratings at one union within `BURST_MINUTES`, and many times what is usual there.
BURST_LEAST, BURST_MINUTES, BURST_TIMES_USUAL = 8, 10, 5
#: So many ratings of one union from one device on one day.
SAME_DEVICE_LEAST = 3
#: More than this share of a month's ratings in officers' own hands, of at least so many.
ENTERED_SHARE, ENTERED_LEAST = 0.5, 10


def largest_burst(moments: Sequence[dt.datetime]) -> int:
    """The most of these (ascending) within ten minutes of each other."""
    span = dt.timedelta(minutes=BURST_MINUTES)
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > span:
            first += 1
        most = max(most, last - first + 1)
    return most


def is_burst(most: int, usual_a_day: float) -> bool:
    """Whether `most` top ratings within ten minutes are odd where so many a day are usual."""
    return most >= BURST_LEAST and most > BURST_TIMES_USUAL * usual_a_day


def is_officer_entered(entered: int, ratings: int) -> bool:
    """Whether too many of a month's ratings were in officers' own hands."""
    return ratings >= ENTERED_LEAST and entered > ENTERED_SHARE * ratings
