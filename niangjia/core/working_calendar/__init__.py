"""Working days as the State Council arranges them, province by province, and deadlines in them."""

from niangjia.core.working_calendar.counting import Calendar
from niangjia.core.working_calendar.deadlines import (
    DueDate,
    add_working_days,
    deadline,
    due,
    end_of_day,
    is_known,
    is_working_day,
    known_between,
    working_days_between,
)
from niangjia.core.working_calendar.editing import (
    clear_working_day,
    confirm_year,
    set_working_day,
)
from niangjia.core.working_calendar.embedding import as_json, from_json, span
from niangjia.core.working_calendar.events import WorkingDayChanged
from niangjia.core.working_calendar.seeding import seed_working_days

__all__ = [
    "Calendar",
    "DueDate",
    "WorkingDayChanged",
    "add_working_days",
    "as_json",
    "clear_working_day",
    "confirm_year",
    "deadline",
    "due",
    "end_of_day",
    "from_json",
    "is_known",
    "is_working_day",
    "known_between",
    "seed_working_days",
    "set_working_day",
    "span",
    "working_days_between",
]
