"""When people come, by operations."""

import datetime as dt

from ninja import Schema

from niangjia.core.periods import PeriodKind


class VisitHoursOut(Schema):
    """Numbers are rounded down to tens; 0 is "fewer than 10". `by_hour`: 24 numbers, by the clock
    in China. `cells`: the same for each weekday, Monday first; nothing where they would tell too
    much beside their sums."""

    period: PeriodKind
    since: dt.date
    last: dt.date
    total: int
    by_hour: list[int]
    cells: list[list[int]] | None
