"""The calendar as part of a larger statement, for reads that ask everything at once."""

import datetime as dt
from typing import Any

from niangjia.core.working_calendar.counting import Calendar
from niangjia.core.working_calendar.deadlines import reach

#: A country's row comes before a province's, which wins over it.
AS_JSON = """
    json_build_object(
        'days', (
            SELECT json_agg(json_build_array(date, is_working) ORDER BY province)
            FROM core_workingday
            WHERE date BETWEEN %(first_day)s AND %(last_day)s AND province IN ('', {province})
        ),
        'years', (
            SELECT json_agg(year ORDER BY year) FROM core_calendaryear
            WHERE year BETWEEN %(first_year)s AND %(last_year)s
        )
    )
"""
#: In working days: the longest term that anything is promised within.
MOST_DAYS = 15


def as_json(*, province: str) -> str:
    """An expression for the calendar of the province (GB/T 2260 prefix) that the SQL expression
    `province` gives; its parameters are those of `span`."""
    return AS_JSON.format(province=province)


def span(today: dt.date, days: int = MOST_DAYS) -> dict[str, Any]:
    """The parameters of a calendar that terms of up to `days` from `today` can be counted by."""
    last = reach(today, days)
    return {
        "first_day": today,
        "last_day": last,
        "first_year": today.year,
        "last_year": last.year,
    }


def from_json(read: dict[str, Any]) -> Calendar:
    """The calendar that the expression gave."""
    return Calendar(
        exceptions={dt.date.fromisoformat(day): works for day, works in read["days"] or []},
        known_years=frozenset(read["years"] or []),
    )
