"""Setting the clocks of a case."""

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from niangjia.cases.models import Case, State
from niangjia.cases.rules import clocks, content
from niangjia.cases.rules.clocks import Count
from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.core.prepared import Asked
from niangjia.core.working_calendar import Calendar
from niangjia.core.working_calendar.deadlines import (
    SLACK_DAYS,
    Calendars,
    days_between,
    load_all,
)
from niangjia.organisations.models import Union

#: The longest term a document may give, in calendar days, and as long again for days off.
HORIZON_DAYS = 730


def province_of(union: Union) -> str:
    """The two digits whose calendar `union` works by; the root's are the country's."""
    return union.division.code[:2]


def calendar_for(case: Case, today: dt.date) -> Calendar:
    """The calendar of the province whose union handles `case`, as far as its clocks may reach, for
    counting alone. One query."""
    return calendars_for([case], today).of(province_of(case.handler))


def calendars_for(cases: Sequence[Case], today: dt.date) -> Calendars:
    """The calendars of all provinces, as far as the clocks of `cases` may reach. One query."""
    first = min(today, *(min(case.due_from, case.step_from) for case in cases))
    return load_all(*span(first, today))


def calendars_from(today: dt.date) -> Asked[Calendars]:
    """The question for the calendars of all provinces, for clocks that begin today."""
    first, last = span(today, today)
    days = days_between().asked(first=first, last=last)
    return Asked(days.sql, days.params, Calendars.of_days)


def span(first: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """From when until when days have to be known for clocks that began on `first`."""
    return first - dt.timedelta(days=SLACK_DAYS), today + dt.timedelta(days=HORIZON_DAYS)


def day_of(now: dt.datetime) -> dt.date:
    """The day it is in China."""
    return now.astimezone(clock.CHINA).date()


def due_count(case: Case) -> Count:
    """What the case as a whole was promised."""
    return Count(case.due_from, case.due_days, case.due_unit)


def step_count(case: Case) -> Count | None:
    """What the present step has been given, if anything of its own."""
    if case.step_days is None:
        return None
    return Count(case.step_from, case.step_days, case.step_unit)


def legal_count(case: Case, term: content.Term) -> Count:
    """The term of the law counted from the day the case began, days it was paused not counted."""
    return clocks.begun(term, day_of(case.opened_at) + dt.timedelta(days=case.paused_days))


def keep_within(case: Case, term: content.Term | None, calendar: Calendar) -> None:
    """What a case that begins is promised is never longer than `term`, the law's."""
    if term is not None and due_count(case).at(calendar) > legal_count(case, term).at(calendar):
        case.due_days, case.due_unit = term.days, term.unit


def end_of_step(case: Case, calendar: Calendar) -> dt.datetime:
    """When the present step ends, the case as a whole where it has no term of its own; of a case
    whose clock stands still, when it will if it goes on by itself."""
    count = step_count(case) or due_count(case)
    if case.paused_at is not None and case.resume_by is not None:
        count = count.resumed(day_of(case.paused_at), day_of(case.resume_by), calendar)
    return count.at(calendar)


def begin_step(case: Case, step: content.Step, today: dt.date) -> None:
    """The clock of `step` begins; one without a term has until the case is due."""
    case.step = step.key
    case.step_from = today
    case.step_days = step.term.days if step.term else None
    case.step_unit = step.term.unit if step.term else ""


def day_after(case: Case, outcome: content.Outcome, today: dt.date) -> dt.date:
    """The day from which what follows `outcome` counts: today, or the end of the present step's
    term where the item says so and that is still to come."""
    count = step_count(case)
    if count is None or not outcome.after_term:
        return today
    return max(today, count.day(calendar_for(case, today)))


def check_begun(case: Case, outcome: content.Outcome, today: dt.date) -> None:
    """Raise `Conflict` while the present step has still to begin, unless `outcome` needs none of
    its answers: whoever leaves need not wait for the next quarter."""
    if case.step_from > today and outcome.needs_answers:
        raise Conflict(
            _("This begins after %(day)s. Until then there is nothing to record.")
            % {"day": date_format(case.step_from, "DATE_FORMAT")},
            code="not-begun",
        )


def give_term(case: Case, term: content.Term, today: dt.date) -> None:
    """What was promised has been given: from `today` the case as a whole has `term` for what
    follows. A breach before that stays counted, and on the timeline."""
    case.due_from, case.due_days, case.due_unit = today, term.days, term.unit
    case.due_breached_at = None


def give_days(case: Case, days: int, today: dt.date) -> None:
    """The present step has `days` working days from `today`, or from when its clock goes on."""
    case.step_from, case.step_days, case.step_unit = counted_from(case, today), days, clocks.WORKING


def counted_from(case: Case, day: dt.date) -> dt.date:
    """From when a count is written that begins on `day`. While the clock stands still nothing of it
    runs: it counts from the day of the pause, so that all of it is left when the clock goes on
    (`resume_counts`)."""
    return min(day, day_of(case.paused_at)) if case.paused_at else day


def resume_counts(case: Case, stopped: dt.date, today: dt.date, calendar: Calendar) -> None:
    """What stood still since `stopped` goes on from `today` with the days that were left; what was
    broken before stays so."""
    if case.due_breached_at is None:
        due = due_count(case).resumed(stopped, today, calendar)
        case.due_from, case.due_days = due.start, due.days
    if step := step_count(case):
        step = step.resumed(stopped, today, calendar)
        case.step_from, case.step_days = step.start, step.days


def set_clocks(case: Case, calendar: Calendar) -> None:
    """Count every due time anew, and when the clock has to look again: at the end of a pause, at
    the reminder, at the next term's end."""
    case.due_at = due_count(case).at(calendar)
    step = step_count(case)
    step_due_at = step.at(calendar) if step else None
    case.next_due_at = earlier(case.due_at, step_due_at, is_over=case.due_breached_at is not None)
    if case.state == State.PAUSED and case.resume_by is not None:
        case.clock_at = case.resume_by
    elif case.reminded:
        case.clock_at = case.next_due_at
    else:
        case.clock_at = clocks.reminder_at(case.next_due_at, calendar)


def earlier(due_at: dt.datetime, step_due_at: dt.datetime | None, *, is_over: bool) -> dt.datetime:
    """What comes first; once the case's own term is over, only the step's counts."""
    if step_due_at is None:
        return due_at
    return step_due_at if is_over else min(due_at, step_due_at)
