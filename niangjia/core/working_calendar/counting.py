"""Counting working days, given the exceptions. No database."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday, except where `exceptions` says whether a day is worked.

    `known_years` are those whose arrangement is complete.
    """

    exceptions: Mapping[dt.date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    #: What was counted before: terms that begin on one day are mostly as long.
    counted: dict[tuple[dt.date, int], dt.date] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_working_day(self, day: dt.date) -> bool:
        """Whether people work on `day`."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def add(self, start: dt.date, days: int) -> dt.date:
        """The `days`-th working day after `start`, which is not counted (Civil Code, Art. 201).

        With 0: `start`, or the next working day when nobody works then (Art. 203).
        """
        if days < 0:
            raise ValueError("deadlines lie ahead: days must not be negative")
        found = self.counted.get((start, days))
        if found is None:
            found = self.counted[start, days] = self.count(start, days)
        return found

    def count(self, start: dt.date, days: int) -> dt.date:
        """`add`, day by day."""
        day = start
        if days == 0:
            while not self.is_working_day(day):
                day += ONE_DAY
        while days:
            day += ONE_DAY
            days -= self.is_working_day(day)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        length = (end - start).days
        return sum(self.is_working_day(start + n * ONE_DAY) for n in range(1, length + 1))

    def is_certain(self, start: dt.date, end: dt.date) -> bool:
        """Whether every day from `start` to `end` lies in a known year."""
        return all(year in self.known_years for year in range(start.year, end.year + 1))
