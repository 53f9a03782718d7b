"""The clock's own work: reminding, passing up what is late, going on after a pause."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from niangjia.cases.events import CaseBreached
from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.rules import clocks
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.services import (
    decoys,
    locking,
    moving,
    pausing,
    routing,
    stepping,
    telling,
    timeline,
    timing,
    waiting,
)
from niangjia.core import outbox, prepared, protection, transactions
from niangjia.core.working_calendar import Calendar
from niangjia.core.working_calendar.deadlines import Calendars

logger = logging.getLogger(__name__)
BATCH = 500
#: So many cases in one transaction: their rows are held for as long.
TOGETHER = 100
RUNNING = [State.OPEN, State.PAUSED]
CLOCKS = ("due_at", "next_due_at", "clock_at")
WRITTEN_AT_BREACH = (
    *("breaches", "due_breached_at", "reminded", "changed_at", "raised_to", "sharing_paths"),
    *("step_from", "step_days", "step_unit", *CLOCKS),
)


def sweep(*, now: dt.datetime, limit: int = BATCH) -> int:
    """Look at every case whose clock has come up, at most `limit` of them; says how many.

    They go a hundred in a transaction; where that fails, each in one of its own, so that one that
    fails holds no other back. What the clock has done moves the clock on: sweeping twice, or by
    two workers at once, does nothing twice, and who was killed half-way has done whole cases.
    """
    with protection.working("cases.sweep"):
        due = list(
            Case.objects.filter(state__in=RUNNING, clock_at__lte=now)
            .order_by("clock_at")
            .values_list("pk", flat=True)[:limit]
        )
    return sum(
        look_at_some(due[start : start + TOGETHER], now=now)
        for start in range(0, len(due), TOGETHER)
    )


def look_at_some(case_ids: Sequence[uuid.UUID], *, now: dt.datetime) -> int:
    """Do what is due on each, together if it can be; says on how many anything was."""
    try:
        return look_at_together(case_ids, now=now)
    except Exception:
        logger.exception("the clocks of some cases could not be served together")
    done = 0
    for pk in case_ids:
        try:
            done += look_at(pk, now=now)
        except Exception:
            logger.exception("the clock of case %s could not be served", pk)
    return done


def look_at(case_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Do what is due on one case, once; says whether anything was."""
    return look_at_together([case_id], now=now) == 1


@dataclass(frozen=True)
class Round:
    """What is asked once for cases whose clocks have come up together."""

    now: dt.datetime
    calendars: Calendars
    officers: telling.Officers

    @property
    def today(self) -> dt.date:
        """The day it is in China."""
        return timing.day_of(self.now)

    def calendar_of(self, case: Case) -> Calendar:
        """The calendar by which the clocks of a case run."""
        return self.calendars.of(timing.province_of(case.handler))


@transactions.atomic
def look_at_together(case_ids: Sequence[uuid.UUID], *, now: dt.datetime) -> int:
    """Do what is due on each of some cases, once; says on how many anything was. What somebody else
    holds just now is passed over: whoever holds it moves its clock on, or the next sweep does."""
    with protection.working("cases.sweep"):
        cases = list(
            timeline.with_last_entry(
                Case.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related(*locking.RELATED)
                .filter(pk__in=case_ids, state__in=RUNNING, clock_at__lte=now)
                .order_by("pk")
            )
        )
        if not cases:
            return 0
        this = Round(
            now,
            timing.calendars_for(cases, timing.day_of(now)),
            telling.Officers({case.handler_id for case in cases}),
        )
        for case in cases:
            serve(case, this)
        return len(cases)


def serve(case: Case, this: Round) -> None:
    """Do what is due on one locked case."""
    if is_decoy(case):
        decoys.end_decoy(case, now=this.now)
    elif case.state == State.PAUSED:
        pausing.go_on(case, by=None, now=this.now)
    elif case.next_due_at > this.now:
        remind(case, this)
    else:
        run_out(case, this)


def remind(case: Case, this: Round) -> None:
    """Tell the officers, once, that a term ends the next working day."""
    case.reminded = True
    timing.set_clocks(case, this.calendar_of(case))
    prepared.save_later(case, ["reminded", "clock_at"])
    timeline.write_entry(case, EntryKind.REMINDED, now=this.now, union=case.handler)
    telling.tell_officers(
        case, case.handler, "desk.case_reminder", now=this.now, known=this.officers
    )


def run_out(case: Case, this: Round) -> None:
    """A term has ended: silence decides where the item says so, else the union above is called."""
    document = document_of(case.snapshot_id)
    step = document.step(case.step)
    silent = next((o for o in step.outcomes if o.on_silence), None) if step else None
    own, now = timing.step_count(case), this.now
    calendar = this.calendar_of(case)
    is_over = own is not None and own.at(calendar) <= now
    if step and silent and is_over and waiting.silence_counts(case, document, step):
        stepping.finish_step(case, document, step, silent, words="", sealed={}, by=None, now=now)
        following = document.step(case.step)
        if case.state == State.OPEN and following and following.by != "applicant":
            telling.tell_officers(
                case, case.handler, "desk.case_silence", now=now, known=this.officers
            )
        return
    breach(case, this)


def breach(case: Case, this: Round) -> None:
    """Record, once, that a term was broken; call the union above, which may take over. It gets days
    of its own: nobody is late with what they have not seen."""
    now = this.now
    is_whole = case.due_breached_at is None and case.due_at <= now
    case.breaches += 1
    if is_whole:
        case.due_breached_at = now
    timeline.write_entry(
        case,
        EntryKind.BREACHED,
        now=now,
        union=case.handler,
        step=case.step,
        facts={"term": "case" if is_whole else "step", "due_at": case.next_due_at.isoformat()},
        is_public=True,
    )
    late = case.raised_to or case.handler
    above = routing.union_above(case, late)
    document = document_of(case.snapshot_id)
    step = document.step(case.step)
    days = step.term.days if step and step.term else clocks.DAYS_ABOVE
    # A quarter that was missed does not become another quarter for the union above.
    timing.give_days(case, min(max(days, 1), clocks.MOST_DAYS_ABOVE), this.today)
    case.reminded = False
    case.changed_at = now
    if above is not None:
        moving.share(case, above, now=now)
        case.raised_to = above
        timeline.write_entry(
            case,
            EntryKind.ESCALATED,
            now=now,
            union=above,
            facts={"from": str(late.pk), "to": str(above.pk)},
            is_public=True,
        )
    timing.set_clocks(case, this.calendar_of(case))
    prepared.save_later(case, WRITTEN_AT_BREACH)
    outbox.publish(
        CaseBreached(
            case_id=case.pk,
            handler_id=case.handler_id,
            raised_to_id=above.pk if above else None,
        )
    )
    telling.tell_applicant(case, telling.applicant_of(case), "case.late", now=now)
    telling.tell_officers(case, case.handler, "desk.case_late", now=now, known=this.officers)
    if above is not None:
        telling.tell_officers(case, above, "desk.case_raised", now=now, known=this.officers)


@transactions.atomic
def recount(*, date: dt.date, province: str, now: dt.datetime, limit: int = BATCH) -> int:
    """Whether `date` is worked has changed: count anew what runs across it; says how many moved.

    `province` is two digits, "" for the whole country. What has been breached stays breached. Cases
    are read `limit` at a time, with one query for the calendars of all of them.
    """
    running = Q(next_due_at__gte=now) | Q(due_at__gte=now)
    across = Q(due_from__lt=date) | Q(step_from__lt=date)
    found = Case.objects.filter(running, across, state__in=RUNNING)
    if province:
        found = found.filter(handler__division__code__startswith=province)
    found = found.order_by("pk").select_for_update(of=("self",)).select_related("handler__division")
    moved = 0
    with protection.working("cases.recount"):
        cases = list(found[:limit])
        while cases:
            moved += sum(count_anew(cases, timing.day_of(now)))
            cases = list(found.filter(pk__gt=cases[-1].pk)[:limit])
    return moved


def count_anew(cases: Sequence[Case], today: dt.date) -> Iterator[bool]:
    """Set the clocks of locked `cases` anew; says of each whether they moved. One query for the
    calendars, one for all that moved."""
    calendars = timing.calendars_for(cases, today)
    for case in cases:
        before = (case.due_at, case.next_due_at, case.clock_at)
        timing.set_clocks(case, calendars.of(timing.province_of(case.handler)))
        moved = before != (case.due_at, case.next_due_at, case.clock_at)
        if moved:
            prepared.save_later(case, CLOCKS)
        yield moved
