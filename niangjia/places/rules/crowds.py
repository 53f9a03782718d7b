"""What is said of how full a place is, so that it tells nobody who is there (promise 36).

- Whoever checks in is counted; nobody has to. Where fewer than eight did within a day, nothing is
  said: an empty count would mean nothing.
- Up to two people fewer than are there are counted, another number each hour that nobody outside
  knows. So whoever adds made-up visitors to find out when the word changes learns nothing exact.
- With fewer than three left it is "few people": whether anybody is there at all is not said.
- Beyond that it is four steps against the seats. From ten on a number is said as well, rounded
  down to fives: it is never exact, and never within the small cells (1-7).
"""

import datetime as dt
from dataclasses import dataclass

from niangjia.core.crypto import digest
from niangjia.places.models import Crowd

#: So many check-ins within a day make the count worth saying.
WORTH_SAYING = 8
HIDDEN_BELOW = 3
MOST_LEFT_OUT = 2
#: Where nobody has said how many can sit.
USUAL_SEATS = 20
#: A place that is taken by less than this part of its seats is on that step.
STEPS = ((0.3, Crowd.QUIET), (0.7, Crowd.SOME_ROOM), (1.0, Crowd.BUSY))
NUMBER_FROM, NUMBER_STEP = 10, 5
HOUR_SECONDS = 3_600


@dataclass(frozen=True)
class Crowded:
    """How full it is; `at_least` so many people, or None where no number is said."""

    step: Crowd
    at_least: int | None = None

    @property
    def label(self) -> str:
        return str(self.step.label)


def left_out(place_id: object, now: dt.datetime) -> int:
    """How many people of this hour are not counted at this place: 0 to 2."""
    hour = int(now.timestamp()) // HOUR_SECONDS
    return digest("place-crowd", f"{place_id}:{hour}")[0] % (MOST_LEFT_OUT + 1)


def crowded(*, here: int, within_a_day: int, seats: int | None, less: int) -> Crowded | None:
    """What is said of a place with `here` people checked in and `within_a_day` visits; `less`
    people are left out (`left_out`). None where too few check in for it to mean anything."""
    if within_a_day < WORTH_SAYING:
        return None
    sure = max(0, here - less)
    if sure < HIDDEN_BELOW:
        return Crowded(Crowd.QUIET)
    taken = sure / (seats or USUAL_SEATS)
    step = next((step for limit, step in STEPS if taken < limit), Crowd.FULL)
    number = sure - sure % NUMBER_STEP if sure >= NUMBER_FROM else None
    return Crowded(step, number)
