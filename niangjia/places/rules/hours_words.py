"""Hours in plain words: 每天 08:00–20:00, 节假日 不开."""

import datetime as dt
from collections.abc import Iterable

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from niangjia.places.rules.hours import (
    ALWAYS,
    DAY_MINUTES,
    BadHours,
    MonthDay,
    Rule,
    Timetable,
    read,
)

WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})


def lines(table: Timetable) -> list[tuple[str, str]]:
    """Days and times of each rule, as they are read from top to bottom."""
    return [(days_of(rule), times(rule.spans)) for rule in table.rules]


def in_words(text: str) -> str:
    """Hours as they are written, in words; as they stand where they say more than is read here."""
    try:
        table = read(text)
    except BadHours:
        return text
    if table is ALWAYS:
        return _("around the clock")
    return _("; ").join(" ".join(filter(None, line)) for line in lines(table))


def days_of(rule: Rule) -> str:
    """When the rule counts: its season, its days."""
    parts = [season(*each) for each in rule.seasons]
    parts.append(days(rule.days, on_holidays=rule.on_holidays))
    return " ".join(parts)


def days(which: frozenset[int], *, on_holidays: bool) -> str:
    """Weekdays as people name them together."""
    if len(which) == 7 or (not which and not on_holidays):
        return _("Every day")
    named = []
    if which == WORKDAYS:
        named.append(_("Monday to Friday"))
    elif which == WEEKEND:
        named.append(_("Saturday and Sunday"))
    elif which:
        named.append(_(", ").join(stretch(first, last) for first, last in runs(which)))
    if on_holidays:
        named.append(_("Public holidays"))
    return _(", ").join(named)


def runs(which: Iterable[int]) -> list[tuple[int, int]]:
    """Days that follow each other: {0, 1, 2, 5} is 0–2 and 5."""
    found: list[tuple[int, int]] = []
    for day in sorted(which):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def stretch(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS_ABBR[first])
    between = _(", ") if last == first + 1 else "–"
    return f"{WEEKDAYS_ABBR[first]}{between}{WEEKDAYS_ABBR[last]}"


def season(first: MonthDay, last: MonthDay) -> str:
    """A season by its first and last day."""
    return "–".join(
        date_format(dt.date(2024, month, day), "MONTH_DAY_FORMAT") for month, day in (first, last)
    )


def times(spans: Iterable[tuple[int, int]]) -> str:
    """The times of a day."""
    told = [time_span(*span) for span in spans]
    return _(", ").join(told) if told else _("shut")


def time_span(first: int, last: int) -> str:
    """08:00–18:00; what ends on the next day says so."""
    if (first, last) == (0, DAY_MINUTES):
        return _("around the clock")
    if last > DAY_MINUTES:
        return _("%(first)s to %(last)s the next day") % {
            "first": clock_time(first),
            "last": clock_time(last - DAY_MINUTES),
        }
    return f"{clock_time(first)}–{clock_time(last)}"


def clock_time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
