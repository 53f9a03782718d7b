"""Whose days off an officer may enter, and what a year looks like."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.regions.models import Division, Level

#: The calendar of everybody.
COUNTRY = ""


@dataclass(frozen=True)
class Day:
    """A day of a month's table; `entry` when it is not as Monday to Friday would have it."""

    date: dt.date
    entry: WorkingDay | None


@dataclass(frozen=True)
class Year:
    """A year in one province, or in the country: months of weeks of days (None: another month's),
    the entries, and whether the arrangement is known."""

    year: int
    months: list[tuple[dt.date, list[list[Day | None]]]]
    entries: list[WorkingDay]
    known: CalendarYear | None


def show_year(year: int, province: str) -> Year:
    """`year` as it is in `province`, whose own entries win over the country's. Two queries."""
    entries = list(
        WorkingDay.objects.filter(date__year=year, province__in={COUNTRY, province}).order_by(
            "date", "province"
        )
    )
    by_date = {entry.date: entry for entry in entries}
    months = []
    for month in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(year, month)
        rows = [
            [Day(day, by_date.get(day)) if day.month == month else None for day in week]
            for week in weeks
        ]
        months.append((dt.date(year, month, 1), rows))
    return Year(year, months, entries, CalendarYear.objects.filter(year=year).first())


def list_provinces() -> list[tuple[str, str]]:
    """Two-digit prefixes and names. One query."""
    found = Division.objects.filter(level=Level.PROVINCE).order_by("code")
    return [(code[:2], name) for code, name in found.values_list("code", "name")]


def may_edit_calendar(posts: Iterable[Post], province: str) -> bool:
    """Whether `posts` entitle to the entries of `province`, or with "" to the country's: a post at
    the root for the country and, reaching that far, every province; one at a province's federation
    for that province. Those at unions further down, or of an industry, for none. No query."""
    for post in holding(posts, Action.EDIT_CALENDAR):
        if post.union.parent_id is None:
            if province == COUNTRY or post.reach == "subtree":
                return True
        elif province and post.union.division_id == f"{province}0000" and post.union.depth == 1:
            return True
    return False
