"""Promising another term than the item's own."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.rules import clocks, content
from niangjia.cases.selectors import document_of
from niangjia.cases.services import locking, telling, timeline, timing
from niangjia.cases.services.pausing import check_reason
from niangjia.core import protection, transactions
from niangjia.core.errors import Invalid, TooLate
from niangjia.core.prepared import Asked
from niangjia.core.working_calendar import Calendar
from niangjia.core.working_calendar.deadlines import Calendars
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action


@transactions.atomic
def promise_term(
    *,
    by: Post,
    case_id: uuid.UUID,
    term: content.Term,
    reason: str,
    action: Action = Action.DECIDE_CASES,
    now: dt.datetime,
) -> Case:
    """The case as a whole has `term` from the day it began, days it was paused not counted: the
    matter is harder, or easier, than it seemed. Only before the present term has run out, never
    beyond the legal one, and the applicant reads why. The same clock goes on; there is no second.

    Raises `TooLate` once the term is over, `Conflict` as `locking.check_open` does, `Invalid` on
    `reason`, and on `term` for one that is over already or reaches beyond the law's.
    """
    with protection.viewing(account=by.account_id):
        case, _post = locking.lock_for_officer(case_id, by, action)
        locking.check_open(case)
        reason = check_reason(reason)
        if case.due_breached_at is not None or case.due_at <= now:
            raise TooLate(_("The term is over. A term is changed before it runs out."))
        today = timing.day_of(now)
        calendar = timing.calendar_for(case, today)
        due = checked_count(case, term, calendar, now=now)
    with protection.working("cases.promise"):
        case.due_from, case.due_days, case.due_unit = due.start, due.days, due.unit
        case.reminded, case.changed_at = False, now
        timing.set_clocks(case, calendar)
        case.save()
        timeline.write_entry(
            case,
            EntryKind.TERM,
            now=now,
            by=by.account_id,
            union=case.handler,
            words=reason,
            facts={"days": term.days, "unit": term.unit, "due_at": case.due_at.isoformat()},
            is_public=True,
        )
        telling.tell_applicant(case, telling.applicant_of(case), "case.term", now=now)
    return case


def checked_count(
    case: Case, term: content.Term, calendar: Calendar, *, now: dt.datetime
) -> clocks.Count:
    """`term` counted from the day a locked case began. Raises `Invalid` on `term`."""
    due = timing.legal_count(case, term)
    legal = document_of(case.snapshot_id).legal_term
    problem = None
    if due.at(calendar) <= now:
        problem = _("This term would be over already. Choose a longer one.")
    elif legal and due.at(calendar) > timing.legal_count(case, legal).at(calendar):
        problem = _("The law gives less time for this. Choose a shorter term.")
    if problem:
        raise Invalid(problem, code="bad-term", fields={"term": problem})
    return due


def calendars_of(case: Case) -> Asked[Calendars]:
    """The question for what `find_legal_end` counts with."""
    return timing.calendars_from(timing.day_of(case.opened_at))


def find_legal_end(
    case: Case, timeline: Iterable[tuple[CaseEntry, object]], calendars: Calendars
) -> dt.datetime | None:
    """By when the law wants an open case finished; None where no law says, and once what was asked
    for has been given and goes on (`then_within`). `timeline` is all of it, as it was read."""
    document = document_of(case.snapshot_id)
    if document.legal_term is None or not case.is_open:
        return None
    taken = [(document.step(each.step), each.outcome) for each, _said in timeline if each.outcome]
    outcomes = [step.outcome(key) for step, key in taken if step is not None]
    if any(outcome is not None and outcome.then_within for outcome in outcomes):
        return None
    calendar = calendars.of(case.handler.division_id[:2])
    return timing.legal_count(case, document.legal_term).at(calendar)
