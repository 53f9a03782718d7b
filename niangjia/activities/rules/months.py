"""A month as weeks of days: pure."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from niangjia.core import clock

WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
#: Nobody plans farther ahead, or looks farther back.
YEARS = (2020, 2100)


@dataclass(frozen=True)
class Month:
    """A month, with whole weeks from Monday on around it."""

    first: dt.date
    weeks: list[list[dt.date]]

    @property
    def previous(self) -> str:
        """The month before, as addresses write it."""
        return written(self.first - dt.timedelta(days=1))

    @property
    def next(self) -> str:
        """The month after, as addresses write it."""
        return written(self.first + dt.timedelta(days=31))

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """From the first midnight shown to the one after the last, in China."""
        last = self.weeks[-1][-1] + dt.timedelta(days=1)
        return midnight(self.weeks[0][0]), midnight(last)


def written(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.CHINA)


def read(text: str, today: dt.date) -> Month:
    """The month in "2026-12"; what is no month is this one."""
    found = WRITTEN.fullmatch(text)
    year, month = (int(found[1]), int(found[2])) if found else (today.year, today.month)
    if not (YEARS[0] <= year <= YEARS[1] and 1 <= month <= 12):
        year, month = today.year, today.month
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return Month(dt.date(year, month, 1), weeks)


def days_of(starts_at: dt.datetime, ends_at: dt.datetime) -> list[dt.date]:
    """The days in China that something goes on; what ends at midnight is not on the day after."""
    first = starts_at.astimezone(clock.CHINA).date()
    last = (ends_at - dt.timedelta(microseconds=1)).astimezone(clock.CHINA).date()
    return [first + dt.timedelta(days=after) for after in range((last - first).days + 1)]
