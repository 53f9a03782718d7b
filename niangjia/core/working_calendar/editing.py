"""Entering what was announced. Who may is for the rooms above to say."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, outbox, transactions
from niangjia.core.errors import Invalid, NotFound, Text, TooLate
from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.core.working_calendar.counting import SATURDAY
from niangjia.core.working_calendar.events import WorkingDayChanged

#: Nothing is announced longer ahead.
YEARS_AHEAD = 2


@transactions.atomic
def set_working_day(
    *,
    date: dt.date,
    province: str,
    is_working: bool,
    name: str,
    source: str,
    by: uuid.UUID | None,
    now: dt.datetime,
) -> WorkingDay:
    """Enter a day off or a make-up working day (全国年节及纪念日放假办法, Arts. 2, 3 and 6).

    `province` is a two-digit GB/T 2260 prefix, or "" for the whole country. `source` is the
    announcement. Of a weekend it says that it is a public holiday, as of National Day: places may
    have hours of their own for those. Twice is once. Raises `Invalid` beside the field: without a
    name or source, for a working day that is one anyway or a day too far ahead; `TooLate` for a
    past day, with which promises were counted.
    """
    check_ahead(date, now)
    name, source = name.strip(), source.strip()
    if not name or len(name) > 40:
        raise invalid("name", _("Say which day it is, in up to 40 characters."))
    if not source or len(source) > 200:
        raise invalid("source", _("Say who announced it and where, in up to 200 characters."))
    if not province and is_working and date.weekday() < SATURDAY:
        raise invalid("date", _("That is so anyway: Monday to Friday are worked."))
    wanted = {"is_working": is_working, "name": name, "source": source}
    there = WorkingDay.objects.select_for_update().filter(date=date, province=province).first()
    if there and all(getattr(there, field) == value for field, value in wanted.items()):
        return there
    day, _is_new = WorkingDay.objects.update_or_create(
        date=date, province=province, defaults=wanted
    )
    tell("calendar.day_set", date, province, by, wanted)
    return day


@transactions.atomic
def clear_working_day(
    *, date: dt.date, province: str, by: uuid.UUID | None, now: dt.datetime
) -> None:
    """Take an entry back: the day is again what it would be without it. Raises `NotFound` when
    there is none, `TooLate` for a past day."""
    check_ahead(date, now)
    if not WorkingDay.objects.filter(date=date, province=province).delete()[0]:
        raise NotFound(_("There is no such entry in the calendar."))
    tell("calendar.day_cleared", date, province, by, {})


@transactions.atomic
def confirm_year(*, year: int, source: str, by: uuid.UUID | None, now: dt.datetime) -> CalendarYear:
    """Say that the whole arrangement of `year` is entered: from now on its deadlines are certain.

    Again is no error. Raises `Invalid` for a year too far ahead, without a `source`, or when not a
    single day of it is entered.
    """
    source = source.strip()
    if not source or len(source) > 120:
        raise invalid("source", _("Say who announced it and where, in up to 120 characters."))
    this_year = now.astimezone(clock.CHINA).year
    if not this_year <= year <= this_year + YEARS_AHEAD:
        raise invalid("year", _("This year or one of the next two."))
    if not WorkingDay.objects.filter(date__year=year, province="").exists():
        raise invalid("year", _("Enter the days off of this year first."))
    known, is_new = CalendarYear.objects.get_or_create(year=year, defaults={"source": source})
    if is_new:
        audit.record(
            action="calendar.year_confirmed",
            by=by,
            subject=f"calendar:{year}",
            details={"source": source},
        )
    return known


def check_ahead(date: dt.date, now: dt.datetime) -> None:
    """Raise `TooLate` or `Invalid` when nobody may change this day (any more, or yet)."""
    today = now.astimezone(clock.CHINA).date()
    if date < today:
        problem = _("A past day stays as it was: promises were counted with it.")
        raise TooLate(problem, code="past-day", fields={"date": problem})
    if date.year > today.year + YEARS_AHEAD:
        raise invalid("date", _("Nothing is announced so long ahead."))


def invalid(field: str, problem: Text) -> Invalid:
    return Invalid(problem, code="calendar", fields={field: problem})


def tell(
    action: str, date: dt.date, province: str, by: uuid.UUID | None, details: dict[str, object]
) -> None:
    audit.record(
        action=action,
        by=by,
        subject=f"calendar:{date.isoformat()}",
        details={"province": province, **details},
    )
    outbox.publish(WorkingDayChanged(date=date, province=province))
