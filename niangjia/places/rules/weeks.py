"""Opening hours as a keeper fills them in, and the same in OpenStreetMap's opening_hours.

A line is some days with one time or two, with a break between; all year, or in some months. Days
that are free count as Sundays and make-up working days as Fridays (ADR 115), unless the form says
something of public holidays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.rules import hours
from niangjia.places.rules.hours import DAY_MINUTES, DAYS, MONTHS, BadHours, Rule

#: What a form says of public holidays.
LIKE_SUNDAY, SHUT, OWN_TIMES = "", "off", "own"
#: What it has room for: so many lines of days, so many times on holidays.
MOST_LINES, MOST_HOLIDAY_TIMES = 4, 1


@dataclass(frozen=True)
class Line:
    """`days` are numbers, 0 is Monday; spans are minutes after midnight, past it for a night;
    `months` (1 to 12, first and last) or nothing: all year."""

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    months: tuple[int, int] | None = None


@dataclass(frozen=True)
class Week:
    """All that the form says. `on_holidays`: spans, () for shut, None for like a Sunday."""

    lines: tuple[Line, ...] = ()
    on_holidays: tuple[tuple[int, int], ...] | None = None
    is_always_open: bool = False


def span(first: int, last: int) -> tuple[int, int]:
    """What ends before it begins ends on the next day."""
    return first, last + DAY_MINUTES if last <= first else last


def line_problem(line: Line) -> Text | None:
    """What is wrong with a line, or None."""
    if not line.days:
        return _("Tick the days.")
    if not line.spans:
        return _("Say from when to when.")
    for (_first, end), (begin, _last) in zip(line.spans, line.spans[1:], strict=False):
        if begin <= end:
            return _("The break ends before it begins.")
    return None


def same_days(lines: Sequence[Line]) -> int | None:
    """The number of the first line that says again what an earlier one said of the same days in
    the same months, or None."""
    said: set[tuple[int, tuple[int, int] | None]] = set()
    for number, line in enumerate(lines):
        keys = {(day, line.months) for day in line.days}
        if keys & said:
            return number
        said |= keys
    return None


def written(week: Week) -> str:
    """The hours in OpenStreetMap's syntax: what holds all year first, since later rules win."""
    if week.is_always_open:
        return "24/7"
    rules = [
        f"{months_text(line.months)}{days_text(line.days)} {spans_text(line.spans)}"
        for line in sorted(week.lines, key=lambda line: line.months is not None)
    ]
    if week.on_holidays is not None:
        rules.append(f"PH {spans_text(week.on_holidays) or 'off'}")
    return "; ".join(rules)


def months_text(months: tuple[int, int] | None) -> str:
    if months is None:
        return ""
    first, last = (MONTHS[month - 1] for month in months)
    return f"{first} " if first == last else f"{first}-{last} "


def days_text(days: Sequence[int]) -> str:
    """Neighbouring days as a range: Mo-Fr,Su."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs
    )


def spans_text(spans: Sequence[tuple[int, int]]) -> str:
    return ",".join(f"{clock_text(begin)}-{clock_text(end)}" for begin, end in spans)


def clock_text(minutes: int) -> str:
    """Minutes after midnight as people write them; midnight at the end of a day is 24:00."""
    if minutes > DAY_MINUTES:
        minutes -= DAY_MINUTES
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def week_of(text: str) -> Week | None:
    """Written hours as the form shows them, or None for what is more than it can show."""
    try:
        table = hours.read(text)
    except BadHours:
        return None
    if table.is_always_open:
        return Week(is_always_open=True)
    lines: list[Line] = []
    on_holidays: tuple[tuple[int, int], ...] | None = None
    for rule in table.rules:
        if rule.on_holidays and not rule.days and not rule.seasons:
            on_holidays = rule.spans
            continue
        line = line_of(rule)
        if line is None:
            return None
        lines.append(line)
    if len(lines) > MOST_LINES or len(on_holidays or ()) > MOST_HOLIDAY_TIMES:
        return None
    found = Week(tuple(lines), on_holidays)
    # Only what means the same when it is written again may be shown in the form.
    return found if means_the_same(text, written(found)) else None


def line_of(rule: Rule) -> Line | None:
    """A rule as a line: whole months, no holidays, at most two times."""
    if rule.on_holidays or len(rule.spans) not in {1, 2} or len(rule.seasons) > 1:
        return None
    months = None
    if rule.seasons:
        ((first, first_day), (last, last_day)) = rule.seasons[0]
        if (first_day, last_day) != (1, hours.month_day(MONTHS[last - 1], 31)[1]):
            return None
        months = (first, last)
    return Line(tuple(sorted(rule.days or range(7))), rule.spans, months)


def means_the_same(text: str, other: str) -> bool:
    """Whether two texts are read as the same rules in the same order: later ones win."""
    try:
        one, two = hours.read(text), hours.read(other)
    except BadHours:
        return False
    return list(map(rule_key, one.rules)) == list(map(rule_key, two.rules))


def rule_key(rule: Rule) -> tuple[object, ...]:
    days = sorted(rule.days or (() if rule.on_holidays else range(7)))
    return rule.seasons, tuple(days), rule.on_holidays, rule.spans
