"""Days off, entered by who is in charge of them, and what they do to promised days."""

import datetime as dt
import uuid

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions, working_calendar
from niangjia.core.errors import NotFound
from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.members import selectors
from niangjia.members.models import Account, Application, ApplicationStatus
from niangjia.members.selectors.calendar import COUNTRY, may_edit_calendar
from niangjia.members.services import notices
from niangjia.members.services.applications import steps


def set_working_day(
    *,
    by: Account,
    date: dt.date,
    province: str,
    is_working: bool,
    name: str,
    source: str,
    now: dt.datetime,
) -> WorkingDay:
    """`working_calendar.set_working_day` by whoever is in charge of that calendar, else `NotFound`.

    Promised days that it moves are moved by a job."""
    _check_right(by, province)
    return working_calendar.set_working_day(
        date=date,
        province=province,
        is_working=is_working,
        name=name,
        source=source,
        by=by.pk,
        now=now,
    )


def clear_working_day(*, by: Account, date: dt.date, province: str, now: dt.datetime) -> None:
    """Take an entry back, likewise."""
    _check_right(by, province)
    working_calendar.clear_working_day(date=date, province=province, by=by.pk, now=now)


def confirm_year(*, by: Account, year: int, source: str, now: dt.datetime) -> CalendarYear:
    """Say that a year is entered completely: for whoever is in charge of the country's calendar."""
    _check_right(by, COUNTRY)
    return working_calendar.confirm_year(year=year, source=source, by=by.pk, now=now)


def _check_right(by: Account, province: str) -> None:
    if not may_edit_calendar(selectors.current_posts(by), province):
        raise NotFound(_("There is no such page"))


def move_due_dates(*, date: dt.date, province: str, now: dt.datetime) -> int:
    """Count anew until when open applications are to be answered, after `date` became, or ceased to
    be, a working day; says how many moved.

    Counted from when the clock of the union that answers began, with the days it promised then. A
    day that is brought forward never lies before the end of today: nobody is late by decree. Doing
    it again moves nothing.
    """
    end = working_calendar.end_of_day(date)
    open_ones = Application.objects.alias(
        clock_from=Coalesce("escalated_at", "submitted_at")
    ).filter(
        status=ApplicationStatus.SUBMITTED,
        answer_working_days__isnull=False,
        clock_from__lt=end,
        due_at__gt=end - dt.timedelta(days=1),
    )
    if province:
        open_ones = open_ones.filter(handled_by__division__code__startswith=province)
    return sum(_move(pk, now) for pk in list(open_ones.values_list("pk", flat=True)))


@transactions.atomic
def _move(pk: uuid.UUID, now: dt.datetime) -> bool:
    application = steps.lock_application(pk)
    began = application.escalated_at or application.submitted_at
    days = application.answer_working_days
    if not application.is_open or began is None or days is None:
        return False
    due = working_calendar.deadline(
        began.astimezone(clock.CHINA).date(), days, province=application.handled_by.division_id[:2]
    )
    before = application.due_at
    due_at = max(due.at, working_calendar.end_of_day(now.astimezone(clock.CHINA).date()))
    if before is None or due_at == before or before < now:
        return False
    application.due_at = due_at
    application.save(update_fields=["due_at"])
    audit.record(
        action="application.due_moved",
        by=None,
        subject=f"application:{application.pk}",
        union_id=application.union_id,
        person_id=application.person_id,
        details={"from": before.isoformat(), "to": due_at.isoformat()},
    )
    notices.notify(
        account=application.account,
        kind="application.due_moved",
        facts={"union": application.handled_by.name, "due_at": due_at.isoformat()},
        url=steps.page_of_application(application),
        now=now,
    )
    return True
