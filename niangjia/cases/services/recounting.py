"""Counting terms anew when a day becomes a working day, or a day off."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django import app

from niangjia.cases.models import Case, State
from niangjia.cases.services import announcing, timing
from niangjia.core import prepared, protection, transactions

RECOUNT = "niangjia.cases.tasks.recount"
#: So many cases in one transaction: their rows are held for as long.
BATCH = 1_000
CLOCKS = ("due_at", "next_due_at", "clock_at")


@dataclass(frozen=True)
class Recounted:
    """How many cases were looked at and how many of them moved; `last` is where to go on, None when
    all have been."""

    moved: int
    last: uuid.UUID | None


def recount(*, date: dt.date, province: str, now: dt.datetime) -> int:
    """Whether `date` is worked has changed: count anew what runs across it; says how many moved.

    `province` is two digits, or more of a code for less of it, "" for the whole country. What has
    been breached stays breached. A batch is a transaction of its own, and doing one twice does
    nothing.
    """
    moved, last = 0, None
    while True:
        done = recount_some(date=date, province=province, after=last, now=now)
        moved, last = moved + done.moved, done.last
        if last is None:
            return moved


@transactions.atomic
def begin_recount(*, date: dt.date, province: str, now: dt.datetime) -> None:
    """The same for whoever cannot wait: one batch, and where more is left a job that goes on. The
    job and the batch before it commit together, so that whoever dies has lost no case."""
    go_on_recounting(date=date, province=province, after=None, now=now)


@transactions.atomic
def go_on_recounting(
    *, date: dt.date, province: str, after: uuid.UUID | None, now: dt.datetime
) -> int:
    """One batch behind case `after`, and the job for the next; says how many moved."""
    done = recount_some(date=date, province=province, after=after, now=now)
    if done.last is not None:
        app.configure_task(RECOUNT, queue="keeping").defer(
            date=date.isoformat(), province=province, after=str(done.last)
        )
    return done.moved


@transactions.atomic
def recount_some(
    *, date: dt.date, province: str, after: uuid.UUID | None, now: dt.datetime
) -> Recounted:
    """`BATCH` cases behind case `after`, in the order of their ids. One query for the cases, one
    for the calendars of all of them; what moved is written on one trip."""
    running = Q(next_due_at__gte=now) | Q(due_at__gte=now)
    across = Q(due_from__lt=date) | Q(step_from__lt=date)
    found = Case.objects.filter(running, across, state__in=[State.OPEN, State.PAUSED])
    if province:
        found = found.filter(handler__division__code__startswith=province)
    if after is not None:
        found = found.filter(pk__gt=after)
    found = found.order_by("pk").select_for_update(of=("self",)).select_related("handler__division")
    with protection.working("cases.recount"):
        cases = list(found.defer("answers", "sealed_key")[:BATCH])
        with connection.rows_together():  # type: ignore[attr-defined]
            moved = sum(count_anew(cases, timing.day_of(now))) if cases else 0
    return Recounted(moved, cases[-1].pk if len(cases) == BATCH else None)


def count_anew(cases: Sequence[Case], today: dt.date) -> Iterator[bool]:
    """Set the clocks of locked `cases` anew; says of each whether they moved."""
    calendars = timing.calendars_for(cases, today)
    for case in cases:
        before = (case.due_at, case.next_due_at, case.clock_at)
        calendar = calendars.of(timing.province_of(case.handler))
        timing.set_clocks(case, calendar)
        moved = before != (case.due_at, case.next_due_at, case.clock_at)
        if moved:
            prepared.save_later(case, CLOCKS)
            announcing.follow(case, calendar)
        yield moved
