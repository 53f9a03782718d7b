"""The fifteen-minute circle: how far on foot, on which grid people are counted, who is hidden.

The programme of 2023 (双15) wants a station within fifteen minutes of every worker outdoors.
Streets are not straight, so the great circle is stretched by `walking.DETOUR`.
"""

import datetime as dt
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.organisations.models import WorkerKind
from niangjia.places.models import Kind
from niangjia.places.models.coverage import WEEK_HOURS, People, Who, Window
from niangjia.places.rules import facilities, walking

WALK_MINUTES = 15
#: About 865 metres over the ground.
REACH_METRES = walking.reach_metres(WALK_MINUTES)
#: A cell is about 500 metres wide and high: degrees of longitude and of latitude.
CELL = (0.005, 0.0045)
CELL_METRES = 500
#: Where fewer than eight people are, they are counted together with the few of the cells around
#: them in the same county, 4 by 4; fewer than eight still are left out (promise 36).
COARSER = 4
COARSE_METRES = CELL_METRES * COARSER
SMALLEST_TOLD = 8
#: What is told is told in tens.
STEP = 10
ONE_DAY = dt.timedelta(days=1)
#: Those who work on the road are where their zones are, not where their union has its office.
ON_THE_ROAD = [WorkerKind.COURIER.value, WorkerKind.DRIVER.value]
#: Where whoever is outdoors may come in. A nursing room or a studio is for something else.
KINDS = (Kind.STATION, Kind.DRIVERS_HOME)
KIND_MASKS = tuple(facilities.wanted((), kind) for kind in KINDS)
#: The same of a row of the search, in SQL.
IS_COUNTED = "(" + " OR ".join(f"offers & {mask}::bigint <> 0" for mask in KIND_MASKS) + ")"


COUNTED = {
    Who.WORKERS: (People.MEMBERS, People.COURIERS),
    Who.RESIDENTS: (People.RESIDENTS,),
}


def hours_of(window: str) -> list[int]:
    """The hours of the day in a window, as they begin."""
    day = range(6, 22)
    if window == Window.ALL:
        return list(range(24))
    return [hour for hour in range(24) if (hour in day) == (window == Window.DAY)]


def week_bits(window: str) -> str:
    """A bit for each hour of seven days: whether it lies in the window."""
    chosen = set(hours_of(window))
    return "".join("1" if hour % 24 in chosen else "0" for hour in range(WEEK_HOURS))


def first_date_of(now: dt.datetime) -> dt.date:
    """Measured are the seven whole days from tomorrow on: so far ahead openings are known."""
    return now.astimezone(clock.CHINA).date() + ONE_DAY


def share(part: float, whole: float) -> int:
    """Whole per cent, rounded down: what is said is reached. 0 of nobody."""
    return int(100 * part / whole) if whole else 0


@dataclass(frozen=True)
class Week:
    """Of `total` people so many have a station open within the walk, in each of 168 hours."""

    total: int
    hours: tuple[int, ...]

    def share_at(self, hour: int, day: int | None = None) -> int:
        """Per cent at an hour of the day, of all days or of one of the seven."""
        days = range(7) if day is None else (day,)
        return share(sum(self.hours[each * 24 + hour] for each in days), self.total * len(days))

    def share_in(self, window: str) -> int:
        """Per cent over the hours of a window."""
        chosen = hours_of(window)
        part = sum(self.hours[day * 24 + hour] for day in range(7) for hour in chosen)
        return share(part, self.total * 7 * len(chosen))

    @property
    def worst_hour(self) -> int:
        """The hour of the day at which the fewest are reached; the earliest of such."""
        return min(range(24), key=lambda hour: self.share_at(hour))
