"""Whether an office is open, on days as the State Council arranges them."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from opening_hours import OpeningHours, validate

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY = re.compile(r"\b(" + "|".join(DAYS) + r")\b")
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@dataclass(frozen=True)
class Hours:
    """What to say about today. `open_until` and `opens_at` are times of this day, None if not."""

    is_open: bool
    open_until: dt.time | None
    opens_at: dt.time | None
    is_holiday: bool
    text: str

    @property
    def in_words(self) -> str:
        """The hours of the week, with the days in the reader's language."""
        named = DAY.sub(lambda day: str(WEEKDAYS[DAYS.index(day[0])]), self.text)
        return named.replace("-", "–").replace(";", "; ")


def hours_today(text: str, *, now: dt.datetime, is_working_day: bool) -> Hours | None:
    """What the opening hours `text` (OpenStreetMap's syntax) mean at `now` (China's local time).

    A holiday on a weekday counts as a Sunday, a Saturday that is worked as a Friday: what "Mo-Fr"
    means to people. None when nothing is known or the text cannot be read.
    """
    if not text or not validate(text):
        return None
    hours = OpeningHours(text)
    moment = now.replace(tzinfo=None)
    like = moment + dt.timedelta(days=lived_as(moment.weekday(), is_working_day) - moment.weekday())
    midnight = dt.datetime.combine(like.date(), dt.time()) + dt.timedelta(days=1)
    change = hours.next_change(like)
    is_open = hours.is_open(like)
    changes_today = change is not None and change <= midnight
    return Hours(
        is_open=is_open,
        open_until=change.time() if is_open and changes_today and change else None,
        opens_at=change.time() if not is_open and change and change < midnight else None,
        is_holiday=not is_working_day and moment.weekday() < SATURDAY,
        text=text,
    )


def lived_as(weekday: int, is_working_day: bool) -> int:
    """Which weekday this day is lived as; 0 is Monday."""
    if is_working_day == (weekday < SATURDAY):
        return weekday
    return FRIDAY if is_working_day else SUNDAY
