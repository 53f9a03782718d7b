"""The clocks of a case: pure counting, given a calendar.

A due time is a number of days counted from a day. While the clock is paused nothing is counted, and
what was left then is what is left afterwards. Days end at midnight in China; a count of calendar
days that ends on a day off runs to the next working day (Civil Code, Articles 201 and 203).
"""

import datetime as dt
from dataclasses import dataclass

from niangjia.cases.rules.content import Term
from niangjia.core import clock
from niangjia.core.working_calendar import Calendar, end_of_day

WORKING = "working"
#: What the union above is given, when a term ran out below and the step itself has none.
DAYS_ABOVE = 5
#: And never more than this, however long the term below was.
MOST_DAYS_ABOVE = 15
#: How many working days before the end of a term its officers are reminded.
REMIND_BEFORE = 1


@dataclass(frozen=True)
class Count:
    """`days` of a `unit` ("working" or "calendar"), counted from the day after `start`."""

    start: dt.date
    days: int
    unit: str = WORKING

    def day(self, calendar: Calendar) -> dt.date:
        """The last day of the term."""
        if self.unit == WORKING:
            return calendar.add(self.start, self.days)
        return calendar.add(self.start + dt.timedelta(days=self.days), 0)

    def at(self, calendar: Calendar) -> dt.datetime:
        """The last moment of the term."""
        return end_of_day(self.day(calendar))

    def left(self, today: dt.date, calendar: Calendar) -> int:
        """The days that are left after `today`; never less than none."""
        if self.unit == WORKING:
            return max(0, calendar.between(today, self.day(calendar)))
        return max(0, self.days - (today - self.start).days)

    def resumed(self, paused: dt.date, today: dt.date, calendar: Calendar) -> "Count":
        """The count that goes on from `today` after it stood still since `paused`."""
        return Count(today, self.left(paused, calendar), self.unit)

    def longer(self, days: int, unit: str, calendar: Calendar) -> "Count":
        """The same count with `days` of `unit` more; of another unit they are counted from the day
        on which it would have ended."""
        if unit == self.unit:
            return Count(self.start, self.days + days, unit)
        end = Count(self.day(calendar), days, unit).day(calendar)
        if self.unit == WORKING:
            return Count(self.start, calendar.between(self.start, end), WORKING)
        return Count(self.start, (end - self.start).days, self.unit)


def begun(term: Term, today: dt.date) -> Count:
    """The count of `term` from `today`."""
    return Count(today, term.days, term.unit)


def reminder_at(due: dt.datetime, calendar: Calendar) -> dt.datetime:
    """The morning (9:00 in China) of the working day before `due`."""
    day = due.astimezone(clock.CHINA).date()
    back = 0
    while back < REMIND_BEFORE:
        day -= dt.timedelta(days=1)
        back += calendar.is_working_day(day)
    return dt.datetime.combine(day, dt.time(9), clock.CHINA).astimezone(dt.UTC)
