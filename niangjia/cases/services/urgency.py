"""What cannot wait, though it was not seen when the case was opened."""

import datetime as dt
import uuid

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.rules import content
from niangjia.cases.rules.clocks import Count
from niangjia.cases.selectors import document_of
from niangjia.cases.services import locking, pausing, telling, timeline, timing
from niangjia.core import protection, transactions
from niangjia.organisations.models import Union


@transactions.atomic
def make_urgent(*, case_id: uuid.UUID, by: uuid.UUID, union: Union, now: dt.datetime) -> Case:
    """Somebody may be in danger: as when a case is opened urgent, its step is due the same day and
    the officers of the union that has it are told at once. `by` found it out, at `union`; a room
    above has seen to it that they may say so, also of a case that has gone on to another union.

    A clock that stands still goes on. A step that is the applicant's, or that silence decides,
    keeps its days: nobody in danger loses what they asked for at midnight. Twice is once, and a
    case that is over stays as it is. Raises `NotFound` for one that is not there.
    """
    with protection.working("cases.urgent"):
        case = locking.locked(Case.objects.filter(pk=case_id))
        if case is None:
            raise locking.not_found()
        if case.is_urgent or not case.is_open:
            return case
        if case.state == State.PAUSED:
            pausing.go_on(case, by=by, now=now)
        case.is_urgent, case.changed_at = True, now
        is_shorter = shorten(case, now=now)
        case.save()
        timeline.write_entry(
            case,
            EntryKind.NOTE,
            now=now,
            by=by,
            union=union,
            facts={"urgent": True}
            | ({"due_at": case.next_due_at.isoformat()} if is_shorter else {}),
            is_public=True,
        )
        telling.tell_officers(case, case.handler, "desk.case_urgent", now=now)
    return case


def shorten(case: Case, *, now: dt.datetime) -> bool:
    """Let the present step of a locked case be due today, or on the next working day; says whether
    it was to be later. One query."""
    step = document_of(case.snapshot_id).step(case.step)
    if step is None or not may_be_shorter(step):
        return False
    today = timing.day_of(now)
    calendar = timing.calendar_for(case, today)
    if timing.end_of_step(case, calendar) <= Count(today, 0).at(calendar):
        return False
    timing.give_days(case, 0, today)
    timing.set_clocks(case, calendar)
    return True


def may_be_shorter(step: content.Step) -> bool:
    """Whether a union works on a step, and nothing is decided by its end."""
    return step.by != "applicant" and not any(each.on_silence for each in step.outcomes)
