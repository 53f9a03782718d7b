"""How long somebody is taken to stay, and how long that is known."""

import datetime as dt

from niangjia.places.models import Kind

#: Whoever does not say that they leave is taken to have left after so long.
STAYS = {
    Kind.STATION: dt.timedelta(hours=1),
    Kind.NURSING_ROOM: dt.timedelta(hours=1),
    Kind.OFFICE: dt.timedelta(hours=2),
    Kind.PALACE: dt.timedelta(hours=2),
    Kind.STUDIO: dt.timedelta(hours=4),
    Kind.DRIVERS_HOME: dt.timedelta(hours=8),
}
#: Nobody is counted for longer, however often they say that they stay.
LONGEST = dt.timedelta(hours=12)
#: Whoever is back within so long is on the same visit.
SAME_VISIT = dt.timedelta(hours=1)
#: A visit is deleted after so long; that it was one stays.
KEPT = dt.timedelta(days=1)
#: What the metrics counted here begin with: "visits:<yymmdd>", by the day in China.
FAMILY = "visits:"
#: "visit-hours:<yymm>:<weekday, Monday is 0>:<hour>", by the clock in China.
HOURS_FAMILY = "visit-hours:"


def stay(kind: str) -> dt.timedelta:
    """How long a visit to a place of this kind is taken to last."""
    return STAYS[Kind(kind)]


def metric(date: dt.date) -> str:
    """What a visit of that day is counted as."""
    return f"{FAMILY}{date:%y%m%d}"


def hours_family(date: dt.date) -> str:
    """What the metrics of the hours of a month begin with."""
    return f"{HOURS_FAMILY}{date:%y%m}:"


def hour_metric(date: dt.date, hour: int) -> str:
    """What a visit in this hour of that day is counted as, besides its day."""
    return f"{hours_family(date)}{date.weekday()}:{hour:02d}"
