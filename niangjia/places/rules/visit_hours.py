"""When people come, said so that it points at nobody (promise 36, ADR 129).

Every number is rounded down to tens, sums as well: below ten it is "fewer than 10". Tables over the
same visits (a place and its union, a month and its quarter) cannot be laid over one another to get
at a small number then, as `feedback.rules.publishing` says. Where a published sum would push one of
its cells up, the hours of single weekdays are left out.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from niangjia.core.periods import MONTHS, Period, PeriodKind, latest_of, period_of
from niangjia.feedback.rules.publishing import rounded, tells_too_much
from niangjia.places.rules.doors import SENT_UNTIL

#: Exact numbers: by weekday, Monday first, and hour.
Cells = list[list[int]]
DAYS, HOURS = 7, 24
#: Some Monday, for the names of the days.
MONDAY = dt.date(2026, 1, 5)
#: Shades of the table: of the fullest hour, more than so many hundredths.
SHADES = (20, 40, 60, 80)


@dataclass(frozen=True)
class WhenTheyCome:
    """What is told of a period: `total`, `by_hour` and `cells` in tens; 0 is "fewer than 10".
    `cells` is None where beside their sums they would tell too much."""

    total: int
    by_hour: Sequence[int]
    cells: Cells | None

    @property
    def busiest(self) -> int:
        """The hour in which the most come."""
        return max(range(HOURS), key=lambda hour: self.by_hour[hour])

    def shade(self, number: int) -> int:
        """The shade of a cell, 1 to 5, by the fullest one."""
        most = max((each for row in self.cells or () for each in row), default=0)
        share = 100 * number // most if most else 0
        return 1 + sum(share > least for least in SHADES)


def nothing() -> Cells:
    """Nobody, at any time."""
    return [[0] * HOURS for _day in range(DAYS)]


def told(cells: Cells) -> WhenTheyCome:
    """What is told of exact numbers."""
    columns = [[row[hour] for row in cells] for hour in range(HOURS)]
    by_hour = [sum(column) for column in columns]
    telling = tells_too_much(sum(by_hour), by_hour) or any(
        tells_too_much(sum(column), column) for column in columns
    )
    return WhenTheyCome(
        total=rounded(sum(by_hour)),
        by_hour=[rounded(number) for number in by_hour],
        cells=None if telling else [[rounded(number) for number in row] for row in cells],
    )


def is_told(period: Period, today: dt.date) -> bool:
    """Whether a period is told: whole months, none of which changes any more. A door that had no
    network tells of its visitors for a week."""
    return period.is_of_months and period.until + SENT_UNTIL <= today


def chosen(given: Mapping[str, str], usual: PeriodKind, today: dt.date) -> Period:
    """The period that an address names by `period` and `day`, if it is told; else the latest one of
    that kind, or of the `usual` one."""
    kind = next((each for each in MONTHS if each == given.get("period")), usual)
    latest = latest_of(kind, today - SENT_UNTIL)
    try:
        day = dt.date.fromisoformat(given.get("day", ""))
        named = period_of(kind, day)
    except (ValueError, OverflowError):
        return latest
    return named if is_told(named, today) else latest
