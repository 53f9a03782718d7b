"""Hours of the week as HSDS has them: one row for each time, with its days, and in seasons from
when to when. What no row can say, public holidays among it, stands in `description`."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from niangjia.places.rules import hours
from niangjia.places.rules.hours import DAY_MINUTES, BadHours, MonthDay, Timetable
from niangjia.places.rules.weeks import clock_text

RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CHINA_OFFSET = "+08:00"
ONE_DAY = dt.timedelta(days=1)

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Row:
    """`days` (0 is Monday) on which it opens from `begin` to `end`, minutes after midnight; between
    two dates or all year."""

    days: tuple[int, ...]
    begin: int
    end: int
    period: Period | None = None


def rows(text: str, today: dt.date) -> list[Row]:
    """Hours of the week from the season that lasts today for a year. Nothing where no weekday that
    is lived as such has hours, or nobody can read them."""
    try:
        table = hours.read(text)
    except BadHours:
        return []
    if not any(rule.seasons for rule in table.rules):
        return list(rows_on(table, today, None))
    return [row for period in periods(table, today) for row in rows_on(table, period[0], period)]


def rows_between(text: str, period: Period) -> list[Row]:
    """The hours of single days; nothing where they say that it is shut."""
    return list(rows_on(hours.read(text), period[0], period)) if text else []


def rows_on(table: Timetable, date: dt.date, period: Period | None) -> Iterator[Row]:
    """The times of a week in the season of `date`, by the last rule about each day."""
    found: dict[tuple[int, int], list[int]] = {}
    for day in range(7):
        for span in table.spans_on(date, weekday=day, is_holiday=False):
            found.setdefault(span, []).append(day)
    for (begin, end), days in sorted(found.items()):
        yield Row(tuple(days), begin, end, period)


def periods(table: Timetable, today: dt.date) -> list[Period]:
    """The first and last days between which the same rules hold, from the one that lasts today for
    a year."""
    begins = sorted(
        {
            begin
            for year in range(today.year - 1, today.year + 3)
            for rule in table.rules
            for first, last in rule.seasons
            for begin in (date_of(year, first), day_after(year, last))
        }
    )
    current = max(begin for begin in begins if begin <= today)
    found = [
        (first, following - ONE_DAY) for first, following in pairwise(begins) if first >= current
    ]
    return [period for period in found if period[0] < current + 365 * ONE_DAY]


def date_of(year: int, day: MonthDay) -> dt.date:
    """That day of a year; the first of March where there is no 29th of February."""
    month, number = day
    first = dt.date(year, month, 1)
    return first + (number - 1) * ONE_DAY


def day_after(year: int, day: MonthDay) -> dt.date:
    """The day after it."""
    found = date_of(year, day)
    return found + ONE_DAY if (found.month, found.day) == day else found


def shape(row: Row, description: str) -> dict[str, Any]:
    """A row as HSDS names its fields, without an identifier."""
    closes = "23:59" if row.end == DAY_MINUTES else clock_text(row.end)
    return {
        "freq": "WEEKLY",
        "byday": ",".join(RRULE_DAYS[day] for day in row.days),
        "timezone": 8,
        "opens_at": f"{clock_text(row.begin)}{CHINA_OFFSET}",
        "closes_at": f"{closes}{CHINA_OFFSET}",
        "description": description,
        **lasting(row.period),
    }


def lasting(period: Period | None) -> dict[str, str]:
    """From when to when, as HSDS names it."""
    if period is None:
        return {}
    first, last = period
    return {"valid_from": first.isoformat(), "valid_to": last.isoformat()}


def keyed(found: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Each row with what tells it from the others of its place, the same in every answer while its
    season lasts."""
    for row in found:
        since = row.period[0].isoformat() if row.period else ""
        days = "".join(map(str, row.days))
        yield f"{since}:{days}:{row.begin}-{row.end}", row
