"""Deadlines by the table of working days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from niangjia.core import clock
from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.core.prepared import Asked, Given, Prepared, asked
from niangjia.core.working_calendar.counting import Calendar

#: Nine days off in a row are the most there has been; this covers any run of them.
SLACK_DAYS = 60
#: Terms of a whole country end on fewer days than these.
MOST_DAYS = 4_096


@dataclass(frozen=True)
class DueDate:
    """A deadline. When `is_certain` is False some year on the way is not announced yet, weekends
    alone were counted as days off, and whoever shows the date says so."""

    date: dt.date
    at: dt.datetime
    is_certain: bool


def add_working_days(start: dt.date, days: int, *, province: str | None = None) -> dt.date:
    """The `days`-th working day after `start` (not counted), in `province` (GB/T 2260 prefix).

    In a year nobody has entered yet only weekends are days off: `deadline` tells which it was.
    """
    return deadline(start, days, province=province).date


def deadline(start: dt.date, days: int, *, province: str | None = None) -> DueDate:
    """When something promised on `start` for `days` working days later is due.

    It is due by the end of that day in China (Civil Code, Arts. 201 and 203), and `is_certain`
    says whether the calendar of every year on the way is known.
    """
    return due(load(start, reach(start, days), province), start, days)


def due(calendar: Calendar, start: dt.date, days: int) -> DueDate:
    """The same by a calendar that was read before, from `start` to `reach(start, days)`."""
    day = calendar.add(start, days)
    return DueDate(date=day, at=end_of_day(day), is_certain=calendar.is_certain(start, day))


def reach(start: dt.date, days: int) -> dt.date:
    """No count of so many working days from `start` ends later."""
    return start + dt.timedelta(days=days * 2 + SLACK_DAYS)


def working_days_between(start: dt.date, end: dt.date, *, province: str | None = None) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    return load(min(start, end), max(start, end), province).between(start, end)


def is_working_day(day: dt.date, *, province: str | None = None) -> bool:
    """Whether people in `province` work on `day`."""
    return load(day, day, province).is_working_day(day)


def is_known(year: int) -> bool:
    """Whether the arrangement of `year` has been announced and entered."""
    return CalendarYear.objects.filter(year=year).exists()


def known_between(first: dt.date, last: dt.date) -> Asked[bool]:
    """The question whether the days off of every year from `first` to `last` are known: if not, a
    date that was counted across them may move."""
    years = CalendarYear.objects.filter(year__range=(first.year, last.year))
    many = last.year - first.year + 1
    return asked(years.values_list("year", flat=True), lambda known: len(known) == many)


@lru_cache(MOST_DAYS)
def end_of_day(day: dt.date) -> dt.datetime:
    """The last second of `day` in China, as a moment."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), clock.CHINA).astimezone(dt.UTC)


def load(first: dt.date, last: dt.date, province: str | None) -> Calendar:
    """The calendar from `first` to `last`; a province's own days win over the country's."""
    days = WorkingDay.objects.filter(
        date__range=(first, last), province__in={"", (province or "")[:2]}
    )
    years = CalendarYear.objects.filter(year__range=(first.year, last.year))
    return Calendar(
        exceptions=dict(days.order_by("province").values_list("date", "is_working")),
        known_years=frozenset(years.values_list("year", flat=True)),
    )


@dataclass(frozen=True)
class Calendars:
    """Every province's days between two dates, for counting alone: which years are known is not
    asked."""

    days: Mapping[str, Mapping[dt.date, bool]]
    made: dict[str, Calendar] = field(default_factory=dict, compare=False)

    @classmethod
    def of_days(cls, rows: Iterable[tuple[str, dt.date, bool]]) -> "Calendars":
        """The answer to `days_between`."""
        days: dict[str, dict[dt.date, bool]] = {}
        for province, date, is_working in rows:
            days.setdefault(province, {})[date] = is_working
        return cls(days)

    def of(self, province: str | None) -> Calendar:
        """The calendar of a province (a division code begins with it), or of the country."""
        code = (province or "")[:2]
        if code not in self.made:
            own = self.days.get(code, {})
            self.made[code] = Calendar(exceptions={**self.days.get("", {}), **own})
        return self.made[code]


def load_all(first: dt.date, last: dt.date) -> Calendars:
    """The calendars of all provinces from `first` to `last`. One query."""
    return Calendars.of_days(days_between().rows(first=first, last=last))


@cache
def days_between() -> Prepared[WorkingDay]:
    """The question of `load_all`."""
    days = WorkingDay.objects.filter(date__gte=Given("first"), date__lte=Given("last"))
    return Prepared(days.values_list("province", "date", "is_working"))
