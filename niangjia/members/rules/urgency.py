"""How urgent an application is, in words: late is never only a colour."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from niangjia.core.clock import CHINA
from niangjia.core.working_calendar import Calendar

Level = Literal["late", "today", "soon", "calm"]

#: From this many working days on nobody needs to hurry.
CALM_WORKING_DAYS = 3


@dataclass(frozen=True)
class Urgency:
    """How far off a promised answer is: `working_days` left, or past when `level` is "late"."""

    level: Level
    working_days: int

    @property
    def words(self) -> str:
        """For people: 剩 2 个工作日, 今天到期, 已逾期 1 个工作日."""
        if self.level == "today":
            return gettext("Due today")
        if self.level == "late":
            if self.working_days == 0:
                return gettext("Late")
            return ngettext(
                "%(days)d working day late", "%(days)d working days late", self.working_days
            ) % {"days": self.working_days}
        return ngettext(
            "%(days)d working day left", "%(days)d working days left", self.working_days
        ) % {"days": self.working_days}

    @property
    def status(self) -> str:
        """The state colour that goes with the words."""
        return {"late": "bad", "today": "wait", "soon": "wait", "calm": "info"}[self.level]


def urgency(due_at: dt.datetime, now: dt.datetime, calendar: Calendar) -> Urgency:
    """How urgent something due at `due_at` is at `now`, in the working days of `calendar`.

    Days are those of China; what is due on a day is late only once the moment has passed.
    """
    due_date, today = due_at.astimezone(CHINA).date(), now.astimezone(CHINA).date()
    if now > due_at:
        return Urgency("late", calendar.between(due_date, today))
    if due_date == today:
        return Urgency("today", 0)
    left = calendar.between(today, due_date)
    return Urgency("soon" if left < CALM_WORKING_DAYS else "calm", left)
