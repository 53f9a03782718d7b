"""Filling the calendar's table from the library, once a year is in it."""

from importlib.metadata import version

from chinese_calendar.constants import Holiday, holidays, workdays

from niangjia.core.models import CalendarYear, WorkingDay

CHINESE_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


def seed_working_days() -> int:
    """Enter the years that `chinesecalendar` knows and this node does not; says how many.

    Runs after every `migrate`, so that upgrading the library brings the new year. A year that is
    there already is left as its editors made it.
    """
    there = set(CalendarYear.objects.values_list("year", flat=True))
    new = {day.year for day in holidays} - there
    source = f"chinesecalendar {version('chinesecalendar')}"
    days = [(day, False, name) for day, name in holidays.items()]
    days += [(day, True, name) for day, name in workdays.items()]
    WorkingDay.objects.bulk_create(
        [
            WorkingDay(date=day, is_working=is_working, name=CHINESE_NAMES.get(name, name))
            for day, is_working, name in days
            if day.year in new
        ],
        ignore_conflicts=True,
    )
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=year, source=source) for year in sorted(new)], ignore_conflicts=True
    )
    return len(new)
