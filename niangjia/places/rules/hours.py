"""Opening hours as they are written: the part of OpenStreetMap's opening_hours that stations need.

Written hours must be read by the library too, so that maps understand them. What it makes of them
is not used: it knows neither our holidays nor make-up working days, and cuts a night short where
the next day has hours of its own. See docs/adr/0115.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from opening_hours import validate

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_MINUTES = 24 * 60
#: An opening may last into the next day and no further.
LATEST_MINUTE = 48 * 60
LONGEST = 300
MOST_RULES = 20

ONE_DAY = rf"(?:{'|'.join((*DAYS, 'PH'))})"
DAY_LIST = re.compile(rf"{ONE_DAY}(?:-{ONE_DAY})?(?:,\s*{ONE_DAY}(?:-{ONE_DAY})?)*")
MONTH_DAY = rf"(?:{'|'.join(MONTHS)})(?: (?:[12][0-9]|3[01]|0?[1-9])(?![0-9:]))?"
SEASON = re.compile(rf"({MONTH_DAY})(?:-({MONTH_DAY}))?")
TIME = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
LATE_TIME = r"(?:[0-4]?[0-9]):[0-5][0-9]"
TIMES = re.compile(rf"{TIME}-{LATE_TIME}(?:,\s*{TIME}-{LATE_TIME})*")

MonthDay = tuple[int, int]


class BadHours(ValueError):
    """`reason` is one of "unreadable" (no such syntax), "too-clever" (correct, but more than is
    read here), "never" (nobody could ever come)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    """One rule: in these seasons, on these days, at these times. No `days`: on all days, free ones
    too. `spans` are minutes after midnight and may run past it; none: closed."""

    seasons: tuple[tuple[MonthDay, MonthDay], ...]
    days: frozenset[int]
    on_holidays: bool
    spans: tuple[tuple[int, int], ...]

    def holds_on(self, date: dt.date, *, weekday: int, is_holiday: bool) -> bool:
        """Whether the rule is about a day that is lived as `weekday` (0 is Monday)."""
        if self.seasons and not any(within(date, *season) for season in self.seasons):
            return False
        if not self.days and not self.on_holidays:
            return True
        return weekday in self.days or (is_holiday and self.on_holidays)


@dataclass(frozen=True)
class Timetable:
    """Hours that were read. The last rule about a day decides, as OpenStreetMap has it."""

    rules: tuple[Rule, ...]

    def spans_on(
        self, date: dt.date, *, weekday: int, is_holiday: bool
    ) -> tuple[tuple[int, int], ...]:
        """When it opens on that day: minutes after its midnight, running past the next one where
        somebody works at night."""
        for rule in reversed(self.rules):
            if rule.holds_on(date, weekday=weekday, is_holiday=is_holiday):
                return rule.spans
        return ()

    @property
    def is_always_open(self) -> bool:
        """Whether it never closes."""
        return self.rules == ALWAYS.rules


ALWAYS = Timetable((Rule((), frozenset(), False, ((0, DAY_MINUTES),)),))


@lru_cache(maxsize=10_000)
def read(text: str) -> Timetable:
    """The timetable that `text` says. Raises `BadHours`."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST or not validate(text):
        raise BadHours("unreadable")
    if text == "24/7":
        return ALWAYS
    parts = [part.strip() for part in text.rstrip("; ").split(";")]
    if len(parts) > MOST_RULES:
        raise BadHours("too-clever")
    table = Timetable(tuple(read_rule(part) for part in parts))
    if not any(rule.spans for rule in table.rules) or not is_ever_open(table):
        raise BadHours("never")
    return table


def read_rule(text: str) -> Rule:
    """One rule of them."""
    rest, seasons = text, []
    while match := SEASON.match(rest):
        seasons.append(season_of(match[1], match[2] or match[1]))
        rest = rest[match.end() :].lstrip(" ,")
    rest = rest.removeprefix(":").lstrip()
    days: set[int] = set()
    on_holidays = False
    if match := DAY_LIST.match(rest):
        days, on_holidays = days_of(match[0])
        rest = rest[match.end() :].lstrip()
    if rest in {"off", "closed"}:
        spans: tuple[tuple[int, int], ...] = ()
    elif not rest or rest == "24/7":
        spans = ((0, DAY_MINUTES),)
    elif TIMES.fullmatch(rest):
        spans = tuple(span_of(each.strip()) for each in rest.split(","))
    else:
        raise BadHours("too-clever")
    return Rule(tuple(seasons), frozenset(days), on_holidays, spans)


def days_of(text: str) -> tuple[set[int], bool]:
    """Weekdays (0 is Monday) of "Mo-We,Fr,PH", and whether holidays are among them."""
    days: set[int] = set()
    on_holidays = False
    for part in text.replace(" ", "").split(","):
        first, _dash, last = part.partition("-")
        if "PH" in {first, last}:
            if last:
                raise BadHours("too-clever")
            on_holidays = True
            continue
        begin, end = DAYS.index(first), DAYS.index(last or first)
        days |= {day % 7 for day in range(begin, end + 1 if end >= begin else end + 8)}
    return days, on_holidays


def span_of(text: str) -> tuple[int, int]:
    """Minutes of "22:00-06:00": one that ends before it begins ends on the next day."""
    first, last = (int(at[:-3]) * 60 + int(at[-2:]) for at in text.split("-"))
    if last <= first:
        last += DAY_MINUTES
    if first >= DAY_MINUTES or last > LATEST_MINUTE:
        raise BadHours("too-clever")
    return first, last


def season_of(first: str, last: str) -> tuple[MonthDay, MonthDay]:
    """The first and the last day of a season; a month alone is the whole of it."""
    return month_day(first, 1), month_day(last, 31)


def month_day(text: str, default: int) -> MonthDay:
    name, _space, day = text.partition(" ")
    month = MONTHS.index(name) + 1
    longest = calendar.monthrange(2024, month)[1]
    if day and int(day) > longest:
        raise BadHours("unreadable")
    return month, int(day) if day else min(default, longest)


def within(date: dt.date, first: MonthDay, last: MonthDay) -> bool:
    """Whether a date lies in a season, which may run over New Year."""
    day = (date.month, date.day)
    return first <= day <= last if first <= last else day >= first or day <= last


def is_ever_open(table: Timetable) -> bool:
    """Whether there is a day in a leap year on which it opens at all."""
    return any(
        table.spans_on(dt.date(2024, 1, 1) + dt.timedelta(days=n), weekday=day, is_holiday=holiday)
        for n in range(366)
        for day in range(7)
        for holiday in (False, True)
    )
