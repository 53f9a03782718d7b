"""The clock's own work: reminding, passing up what is late, going on after a pause."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q, prefetch_related_objects

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.rules import clocks
from niangjia.cases.selectors import document_of
from niangjia.cases.services import (
    announcing,
    decoys,
    moving,
    pausing,
    stepping,
    telling,
    timeline,
    timing,
    waiting,
)
from niangjia.cases.services.rounds import Round, called
from niangjia.core import audit, garbage, prepared, protection, transactions
from niangjia.core.database import arrays
from niangjia.core.prepared import AnyOf, Given, Prepared

logger = logging.getLogger(__name__)
#: So many cases in one transaction: their rows are held for as long.
TOGETHER = 500
#: So many are read at once, and gone through union by union: what is asked about unions, officers
#: and calendars, and the pages of indexes that are written, are the same for neighbours.
READ = 20_000
#: So many transactions at the same time.
HANDS = 2
RUNNING = [State.OPEN, State.PAUSED]
#: Read once for all of them: many have the same.
RELATED = ("handler__division", "raised_to")
WRITTEN_AT_BREACH = (
    *("breaches", "due_breached_at", "reminded", "changed_at", "late_at"),
    *("raised_to", "sharing_paths"),
    *("step_from", "step_days", "step_unit", "due_at", "next_due_at", "clock_at"),
)


def sweep(*, now: dt.datetime) -> int:
    """Look once at every case whose clock has come up; says on how many anything was.

    They go some hundred in a transaction; where that fails, half as many, and so on, so that one
    that fails holds no other back. What the clock has done moves the clock on: sweeping twice, or
    by two workers at once, does nothing twice, and who was killed half-way has done whole cases.
    """
    done, after = 0, None
    while due := list_due(now=now, after=after):
        done += look_at_all(list(batches(due)), now=now)
        if len(due) < READ:
            break
        after = due[-1]
    return done


class Due(NamedTuple):
    """A case whose clock has come up."""

    pk: uuid.UUID
    clock_at: dt.datetime
    handler_id: uuid.UUID


def list_due(*, now: dt.datetime, after: Due | None) -> list[Due]:
    """The next cases behind `after` whose clocks have come up, as they came up. One query."""
    with protection.working("cases.sweep"):
        found = Case.objects.filter(state__in=RUNNING, clock_at__lte=now)
        if after is not None:
            # The first condition is what the index is asked by.
            found = found.filter(clock_at__gte=after.clock_at)
            found = found.exclude(clock_at=after.clock_at, pk__lte=after.pk)
        rows = found.order_by("clock_at", "pk").values_list(*Due._fields)[:READ]
        return [Due(*row) for row in rows]


def look_at_all(parts: Sequence[Sequence[uuid.UUID]], *, now: dt.datetime) -> int:
    """Do what is due on each, several transactions at a time: while one waits for the database
    another computes. Where the caller has a transaction of their own it is that one alone."""
    if len(parts) < 2 or connection.in_atomic_block:
        return sum(look_at_some(part, now=now) for part in parts)
    with garbage.set_aside(), ThreadPoolExecutor(HANDS, thread_name_prefix="clock") as hands:
        at_work = [
            hands.submit(copy_context().run, partial(by_itself, part, now=now)) for part in parts
        ]
        return sum(part.result() for part in at_work)


def by_itself(case_ids: Sequence[uuid.UUID], *, now: dt.datetime) -> int:
    """`look_at_some` on a thread that has a connection of its own, and gives it back."""
    try:
        return look_at_some(case_ids, now=now)
    finally:
        connection.close()


def batches(due: Iterable[Due]) -> Iterator[list[uuid.UUID]]:
    """Their ids, some hundred at a time, union by union: those of one are not parted where they fit
    together, so that its officers are told once."""
    batch: list[uuid.UUID] = []
    by_union = attrgetter("handler_id")
    for _union, cases in groupby(sorted(due, key=by_union), key=by_union):
        keys = [case.pk for case in cases]
        if len(batch) + len(keys) > TOGETHER and batch:
            yield batch
            batch = []
        batch += keys
        while len(batch) >= TOGETHER:
            yield batch[:TOGETHER]
            batch = batch[TOGETHER:]
    if batch:
        yield batch


def look_at_some(case_ids: Sequence[uuid.UUID], *, now: dt.datetime) -> int:
    """Do what is due on each, together if it can be; says on how many anything was."""
    try:
        return look_at_together(case_ids, now=now)
    except Exception:
        if len(case_ids) == 1:
            logger.exception("the clock of case %s could not be served", case_ids[0])
            return 0
    middle = len(case_ids) // 2
    return look_at_some(case_ids[:middle], now=now) + look_at_some(case_ids[middle:], now=now)


def look_at(case_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Do what is due on one case, once; says whether anything was."""
    return look_at_together([case_id], now=now) == 1


@transactions.atomic
def look_at_together(case_ids: Sequence[uuid.UUID], *, now: dt.datetime) -> int:
    """Do what is due on each of some cases, once; says on how many anything was. What somebody else
    holds just now is passed over: whoever holds it moves its clock on, or the next sweep does."""
    with protection.working("cases.sweep"):
        cases = held().instances(ids=arrays.of_ids(case_ids), now=now)
        if not cases:
            return 0
        prefetch_related_objects(cases, *RELATED)
        this = Round.of(cases, now)
        with connection.rows_together():  # type: ignore[attr-defined]
            for case in cases:
                serve(case, this)
            this.tell_all()
        audit.record_all(this.acts)
        return len(cases)


@cache
def held() -> Prepared[Case]:
    """The question for those of some cases whose clocks have come up, which are held from then on.
    Within a transaction."""
    ours = AnyOf(F("pk"), Given("ids")), Q(state__in=RUNNING, clock_at__lte=Given("now"))
    free = Case.objects.select_for_update(of=("self",), skip_locked=True)
    return Prepared(timeline.with_last_entry(free.filter(*ours).order_by("pk")))


def serve(case: Case, this: Round) -> None:
    """Do what is due on one locked case."""
    if case.pk in this.decoys:
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
    this.acts.append(timeline.note(case, EntryKind.REMINDED, now=this.now, union=case.handler))
    this.tell(case, case.handler, "desk.case_reminder")


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
    broken = {"term": "case" if is_whole else "step", "due_at": case.next_due_at.isoformat()}
    this.acts.append(
        timeline.note(
            case,
            EntryKind.BREACHED,
            now=now,
            union=case.handler,
            step=case.step,
            facts=broken,
            is_public=True,
        )
    )
    late, above = called(case), this.above[case.pk]
    document = document_of(case.snapshot_id)
    step = document.step(case.step)
    days = step.term.days if step and step.term else clocks.DAYS_ABOVE
    # A quarter that was missed does not become another quarter for the union above.
    timing.give_days(case, min(max(days, 1), clocks.MOST_DAYS_ABOVE), this.today)
    case.reminded = False
    case.changed_at = case.late_at = now
    if above is not None:
        moving.share(case, above, now=now)
        case.raised_to = above
        way = {"from": str(late.pk), "to": str(above.pk)}
        this.acts.append(
            timeline.note(
                case, EntryKind.ESCALATED, now=now, union=above, facts=way, is_public=True
            )
        )
    timing.set_clocks(case, this.calendar_of(case))
    prepared.save_later(case, WRITTEN_AT_BREACH)
    announcing.follow(case, this.calendar_of(case))
    telling.tell_applicant(case, this.applicants.get(case.pk), "case.late", now=now)
    this.tell(case, case.handler, "desk.case_late")
    if above is not None:
        this.tell(case, above, "desk.case_raised")
