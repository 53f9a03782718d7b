"""Rain, illness: calling off what people signed up for; seats added or taken, a word to all."""

import datetime as dt
import uuid

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import RunCancelled
from niangjia.activities.models import OPEN, Activity, News, Run, Session, State
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.services import certificates, co_organising, telling
from niangjia.activities.services.acting import hold, hold_run, record
from niangjia.activities.services.indexing import index_activity
from niangjia.activities.services.moving import follow_pool, refuse_over
from niangjia.activities.services.planning import follow, follow_run
from niangjia.allocation import services as allocation
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post

REASON_MAX = 300


@transactions.atomic
def cancel_activity(
    *, by: Post | None, activity: Activity, reason: str, now: dt.datetime
) -> Activity:
    """Call all of it off. Everybody who has a seat or waits is told, with the reason, some at a
    time and in the background; nobody owes anything. Twice is once.

    A draft is thrown away, whenever it would have been; nobody ever sees it. Raises `Invalid` on
    `reason`, `Conflict` when it is over.
    """
    words = checked(reason)
    held = hold(activity.pk)
    if held.state == State.CANCELLED:
        return held
    refuse_over(held, held.ends_at, now)
    held.state, held.cancelled_at, held.cancel_reason = State.CANCELLED, now, words
    held.save()
    index_activity(held)
    for run in held.runs.filter(cancelled_at=None).order_by("position"):
        end_run(run, words, by, now)
    for each in held.co_organisers.filter(state__in=OPEN).select_related("union"):
        each.activity, each.reason = held, words
        co_organising.tell(each, each.union, "co-organiser.cancelled", now)
    record(held, by, "cancelled")
    return held


def cancel_activities_of(*, union_id: uuid.UUID, now: dt.datetime) -> int:
    """Call off whatever a dissolved union had still to come; says how many. Twice is once."""
    to_come = Activity.objects.filter(union=union_id, state=State.PUBLISHED, ends_at__gt=now)
    with translation.override("zh-hans"):
        reason = gettext("The union that puts it on has been dissolved.")
    for activity in to_come:
        cancel_activity(by=None, activity=activity, reason=reason, now=now)
    return len(to_come)


@transactions.atomic
def cancel_run(*, by: Post | None, run: Run, reason: str, now: dt.datetime) -> Run:
    """Call one run off, and with the last one the whole activity. See `cancel_activity`."""
    words = checked(reason)
    held = hold_run(run.pk)
    if held.cancelled_at or held.activity.state == State.CANCELLED:
        return held
    if not held.activity.runs.filter(cancelled_at=None).exclude(pk=held.pk).exists():
        cancel_activity(by=by, activity=held.activity, reason=words, now=now)
        held.refresh_from_db()
        return held
    refuse_over(held.activity, held.ends_at, now)
    end_run(held, words, by, now)
    follow(held.activity)
    record(held.activity, by, "run-cancelled")
    return held


@transactions.atomic
def cancel_session(*, by: Post | None, session: Session, reason: str, now: dt.datetime) -> Session:
    """Call one date of a run off; the others take place, and seats stay. Everybody who has a seat
    or waits is told. With the only date there is, all of the run is called off. Twice is once.

    Raises `Invalid` on `reason`; `Conflict` for a draft, from which it is taken out, when it was
    called off, and when it is over.
    """
    words = checked(reason)
    run = hold_run(session.run_id)
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.cancelled_at:
        return held
    if run.activity.state == State.DRAFT:
        raise Conflict(_("It is not published yet: take it out."), code="draft")
    if run.cancelled_at or run.activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    refuse_over(run.activity, held.ends_at, now)
    if not run.sessions.filter(cancelled_at=None).exclude(pk=held.pk).exists():
        cancel_run(by=by, run=run, reason=words, now=now)
        return held
    ended_at = run.ends_at
    held.cancelled_at, held.cancel_reason = now, words
    held.save(update_fields=["cancelled_at", "cancel_reason"])
    follow_run(run)
    follow_pool(run, by, now, ended_at=ended_at)
    certificates.follow_sessions(run, by)
    allocation.shut_gate(occasion=occasion_of(held.pk), by=by.account_id if by else None, now=now)
    facts = {"when": telling.when(held.starts_at), "reason": words}
    telling.begin(run, News.DROPPED, facts, now=now)
    record(run.activity, by, "session-cancelled", {"session": str(held.pk)})
    return held


def end_run(run: Run, reason: str, by: Post | None, now: dt.datetime) -> None:
    """The seats of a run end; allocation tells whose."""
    run.cancelled_at, run.cancel_reason = now, reason
    run.save(update_fields=["cancelled_at", "cancel_reason"])
    if run.pool_id:
        allocation.cancel_pool(pool_id=run.pool_id, by=by.account_id if by else None, now=now)
    outbox.publish(RunCancelled(run.pk))


def checked(reason: str) -> str:
    """What people read. Raises `Invalid`."""
    words = reason.strip()
    if not 1 <= len(words) <= REASON_MAX:
        problem = _("Say why, in up to 300 characters. Everybody who signed up reads it.")
        raise Invalid(problem, fields={"reason": problem})
    return words


@transactions.atomic
def add_seats(*, by: Post | None, run: Run, count: int, now: dt.datetime) -> Run:
    """So many more seats, for whoever waits first; or fewer, as far as nobody has them. Raises
    `Invalid` on `count`, `Conflict` before it is published or when it was called off."""
    held = hold_run(run.pk)
    if held.pool_id is None:
        raise Conflict(_("It is not published yet: change the draft."), code="draft")
    stock = allocation.add_supply(
        pool_id=held.pool_id, count=count, by=by.account_id if by else None, now=now
    )
    held.seats = max(1, stock.supply)
    held.save(update_fields=["seats"])
    record(held.activity, by, "seats-added", {"count": count})
    return held


@transactions.atomic
def send_message(*, by: Post | None, run: Run, words: str, now: dt.datetime) -> None:
    """Write to everybody of a run: what to bring, where to wait. Raises `Invalid` on `words`;
    `Conflict` while it is a draft, and once it was called off."""
    text = words.strip()
    if not 1 <= len(text) <= REASON_MAX:
        problem = _("Write up to 300 characters.")
        raise Invalid(problem, fields={"words": problem})
    held = hold_run(run.pk)
    if held.activity.state != State.PUBLISHED or held.cancelled_at:
        raise Conflict(_("Nobody has signed up for it."), code="nobody")
    telling.begin(held, News.ADDED, {"words": text}, now=now)
    record(held.activity, by, "message-sent")
