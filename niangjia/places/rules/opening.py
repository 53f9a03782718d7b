"""When a place is open in the coming days, minute by minute."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.organisations.rules.opening import lived_as
from niangjia.places.models import HoursOverride
from niangjia.places.rules import hours
from niangjia.places.rules.hours import Timetable

#: So many days are computed ahead, today included: a worker process may be away for a week.
DAYS_AHEAD = 8
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
#: Who works then finds little else open; `at_night` of the search entry.
NIGHT_BEGINS, NIGHT_ENDS = 22 * 60, 6 * 60

Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Override:
    """Other hours on these days, and why; `hours` empty: closed. `newness` grows with time."""

    first_date: dt.date
    last_date: dt.date
    hours: str
    newness: int = 0
    reason: str = ""

    @property
    def days(self) -> int:
        return (self.last_date - self.first_date).days + 1


def as_rules(rows: Iterable[HoursOverride]) -> list[Override]:
    """Other hours as the rules take them, the oldest first."""
    return [
        Override(row.first_date, row.last_date, row.hours, newness, row.reason)
        for newness, row in enumerate(sorted(rows, key=lambda row: row.pk))
    ]


def stretches(
    text: str,
    *,
    first: dt.date,
    days: int = DAYS_AHEAD,
    exceptions: Mapping[dt.date, bool],
    overrides: Iterable[Override] = (),
) -> list[Stretch]:
    """When it is open, in order, neither touching nor overlapping: all that begins from the day
    before `first` (a night runs into it) for `days` days from it.

    `exceptions` say of a date whether it is worked although it is a weekend, or free although it
    is not. An opening belongs to the day on which it begins, and no rule of the next day cuts it
    short. Raises `BadHours`.
    """
    table, others = hours.read(text), list(overrides)
    found: list[Stretch] = []
    for n in range(-1, days):
        date = first + n * ONE_DAY
        midnight = dt.datetime.combine(date, dt.time(), clock.CHINA).astimezone(dt.UTC)
        for begin, end in spans_on(table, others, date, exceptions):
            found.append(
                (midnight + dt.timedelta(minutes=begin), midnight + dt.timedelta(minutes=end))
            )
    return joined(found)


def spans_on(
    table: Timetable,
    overrides: Sequence[Override],
    date: dt.date,
    exceptions: Mapping[dt.date, bool],
) -> tuple[tuple[int, int], ...]:
    """What begins on `date`: by the override for the fewest days, else by the hours of the week.

    A make-up working day is lived as a Friday; a day off on a weekday as a Sunday, unless a rule is
    for holidays (国务院 announces both for each year).
    """
    other = deciding(overrides, date)
    if other is not None:
        if not other.hours:
            return ()
        table = hours.read(other.hours)
    is_working = exceptions.get(date, date.weekday() < SATURDAY)
    return table.spans_on(
        date,
        weekday=lived_as(date.weekday(), is_working),
        is_holiday=exceptions.get(date) is False,
    )


def deciding(overrides: Iterable[Override], date: dt.date) -> Override | None:
    """Which of the other hours count on `date`: those for the fewest days, of these the newest."""
    covering = [each for each in overrides if each.first_date <= date <= each.last_date]
    return min(covering, key=lambda each: (each.days, -each.newness), default=None)


def joined(found: Iterable[Stretch]) -> list[Stretch]:
    """The same time, in order and in as few stretches as it takes."""
    whole: list[Stretch] = []
    for begin, end in sorted(found):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((begin, end))
    return whole


def stretch_at(found: Iterable[Stretch], moment: dt.datetime) -> Stretch | None:
    """The one in which a moment lies."""
    return next((each for each in found if each[0] <= moment < each[1]), None)


def without(found: Iterable[Stretch], shut: Stretch | None) -> list[Stretch]:
    """The same but for the time it is shut."""
    if shut is None:
        return list(found)
    begin, end = shut
    left: list[Stretch] = []
    for first, last in found:
        pieces = ((first, min(last, begin)), (max(first, end), last))
        left += [piece for piece in pieces if piece[0] < piece[1]]
    return left


def is_at_night(found: Iterable[Stretch]) -> bool:
    """Whether any of it lies between 22:00 and 6:00 in China."""
    for begin, end in found:
        at = begin.astimezone(clock.CHINA)
        minute = at.hour * 60 + at.minute
        lasts = (end - begin).total_seconds() / 60
        if minute < NIGHT_ENDS or minute + lasts > NIGHT_BEGINS:
            return True
    return False


def is_night(now: dt.datetime) -> bool:
    """Whether it is between 22:00 and 6:00 in China."""
    at = now.astimezone(clock.CHINA)
    return not NIGHT_ENDS <= at.hour * 60 + at.minute < NIGHT_BEGINS


def as_multirange(found: Iterable[Stretch]) -> str:
    """PostgreSQL's text of it."""
    return "{" + ",".join(f"[{begin.isoformat()},{end.isoformat()})" for begin, end in found) + "}"
