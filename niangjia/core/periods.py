"""Over which period something is counted: a day, a week, a month, a quarter, a year. In China."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Nothing was counted before the one, nothing will be after the other.
EARLIEST = dt.date(2000, 1, 1)
LATEST = dt.date(2199, 12, 31)


class PeriodKind(models.TextChoices):
    DAY = "day", _("By day")
    WEEK = "week", _("By week")
    MONTH = "month", _("By month")
    QUARTER = "quarter", _("By quarter")
    YEAR = "year", _("By year")


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True)
class Period:
    """From the day `since` up to, and without, the day `until`."""

    kind: PeriodKind
    since: dt.date
    until: dt.date

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.until - dt.timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The one before."""
        return period_of(self.kind, self.since - dt.timedelta(days=1))

    @property
    def after(self) -> "Period":
        """The one after."""
        return period_of(self.kind, self.until)

    @property
    def is_by_month(self) -> bool:
        """Whether it is drawn month by month, and not day by day."""
        return self.kind in (PeriodKind.QUARTER, PeriodKind.YEAR)

    @property
    def is_of_months(self) -> bool:
        """Whether it is one month, or several."""
        return self.kind in MONTHS

    def parts(self) -> list[dt.date]:
        """The first days of the months, or the days, that it is drawn by."""
        days = [self.since + dt.timedelta(days=n) for n in range((self.until - self.since).days)]
        return [day for day in days if day.day == 1] if self.is_by_month else days


def latest_of(kind: PeriodKind, before: dt.date) -> Period:
    """The latest period of this kind that has ended by the day `before`."""
    period = period_of(kind, before)
    return period if period.until <= before else period.before


def told_until(today: dt.date) -> dt.date:
    """Months before this day are told to those who see none of the matters: by then most matters of
    a month are settled, and what becomes of the others is not told any more. The month before the
    present one is still waited for."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def is_told(period: Period, today: dt.date) -> bool:
    """Whether a period consists of months that are told."""
    return period.is_of_months and period.until <= told_until(today)


def period_of(kind: PeriodKind | str, day: dt.date) -> Period:
    """The period of this kind that `day` lies in. Weeks begin on Monday (GB/T 7408)."""
    kind = PeriodKind(kind)
    if kind == PeriodKind.DAY:
        return Period(kind, day, day + dt.timedelta(days=1))
    if kind == PeriodKind.WEEK:
        monday = day - dt.timedelta(days=day.weekday())
        return Period(kind, monday, monday + dt.timedelta(days=7))
    months = MONTHS[kind]
    first = day.replace(month=day.month - (day.month - 1) % months, day=1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return Period(kind, first, dt.date(year, month + 1, 1))
