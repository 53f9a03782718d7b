"""Another hall, another evening: moving what people have signed up for, one date or several."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import SessionMoved
from niangjia.activities.models import Activity, News, Run, Session, State
from niangjia.activities.rules import plans
from niangjia.activities.rules.plans import Meeting
from niangjia.activities.rules.shifting import Shift
from niangjia.activities.services import closing, telling
from niangjia.activities.services.acting import hold_run, record, refuse
from niangjia.activities.services.doors import put_up
from niangjia.activities.services.indexing import index_activity
from niangjia.activities.services.locating import located
from niangjia.activities.services.planning import follow_run
from niangjia.activities.services.publishing import pool_draft
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Mode
from niangjia.allocation.rules.pools import draft_of
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Text
from niangjia.members.models import Post


def refuse_over(activity: Activity, ends_at: dt.datetime | None, now: dt.datetime) -> None:
    """What has been published and is over cannot be called off, nor moved."""
    if activity.state == State.PUBLISHED and ends_at is not None and ends_at <= now:
        raise Conflict(_("It is over already."), code="over")


@transactions.atomic
def move_session(
    *, by: Post | None, session: Session, meeting: Meeting, now: dt.datetime
) -> Session:
    """Another time or place. Once it is published, everybody who has a seat or waits is told, and
    may give it back until it begins (`signing_up.return_seat`). Raises `Invalid` by the fields of
    the meeting; `Conflict` when it is over or was called off."""
    run = hold_run(session.run_id)
    held = Session.objects.select_for_update().get(pk=session.pk)
    refuse_off(run, held)
    refuse_over(run.activity, held.ends_at, now)
    meeting = located(meeting, run.activity.union, before=held)
    refuse(problems(run, held, meeting, now))
    if moved(run, {held: meeting}, by, now):
        facts = {"when": telling.when(held.starts_at), "place": held.place}
        tell(run, News.MOVED, facts, now)
    return held


@transactions.atomic
def move_sessions(
    *,
    by: Post | None,
    run: Run,
    session_ids: Sequence[uuid.UUID],
    shift: Shift,
    now: dt.datetime,
) -> Run:
    """Several dates of a run at once, all of them or none. Whoever has a seat or waits hears once,
    and may give it back as with one date.

    Raises `Invalid` on "sessions" when none is chosen, or for one that would not be right, which is
    named, and on `days`; `Conflict` when one of them is over or was called off.
    """
    held = hold_run(run.pk)
    chosen = list(
        held.sessions.select_for_update().filter(pk__in=session_ids).order_by("starts_at")
    )
    if not chosen:
        refuse({"sessions": _("Tick the dates that change.")})
    if abs(shift.days) > DAYS_MAX:
        refuse({"days": _("From 366 days earlier to 366 days later.")})
    if shift.where:
        shift = replace(shift, where=located(shift.where, held.activity.union))
    meetings: dict[Session, Meeting] = {}
    for session in chosen:
        refuse_off(held, session)
        refuse_over(held.activity, session.ends_at, now)
        meetings[session] = shift.of(session)
        found = problems(held, session, meetings[session], now)
        if found:
            said = _("%(when)s: %(problem)s") % {
                "when": date_format(localtime(session.starts_at), "DATETIME_FORMAT"),
                "problem": next(iter(found.values())),
            }
            refuse({"sessions": said})
    count = moved(held, meetings, by, now)
    if count:
        tell(held, News.SEVERAL, {"count": count}, now)
    return held


#: Nobody moves a date further.
DAYS_MAX = 366


def refuse_off(run: Run, session: Session) -> None:
    """Raise `Conflict` for what was called off."""
    if session.cancelled_at or run.cancelled_at or run.activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")


def problems(run: Run, held: Session, meeting: Meeting, now: dt.datetime) -> dict[str, Text]:
    """What is wrong with another time or place, by field."""
    is_published = run.activity.state == State.PUBLISHED
    found: dict[str, Any] = dict(plans.meeting_problems(meeting))
    has_begun = held.starts_at <= now and same_time(held.starts_at, meeting.starts_at)
    if is_published and not has_begun and meeting.starts_at <= now:
        found.setdefault("starts_at", _("Choose a time to come."))
    if is_published and meeting.ends_at <= now:
        found.setdefault("ends_at", _("Choose a time to come."))
    return found


def moved(run: Run, meetings: dict[Session, Meeting], by: Post | None, now: dt.datetime) -> int:
    """Write what changes, with all that follows from it; says how many sessions did."""
    is_published = run.activity.state == State.PUBLISHED
    ended_at = run.ends_at
    changed = [session for session in meetings if set_meeting(session, meetings[session])]
    if not changed:
        return 0
    for session in changed:
        session.changed_at = now
        session.changes += is_published
        session.reminded_at = None if session.starts_at > now else session.reminded_at
        session.save()
    follow_run(run)
    if is_published:
        index_activity(run.activity)
        follow_pool(run, by, now, ended_at=ended_at)
    for session in changed:
        if is_published and not session.is_online:
            put_up(run, session, by)
        if is_published:
            outbox.publish(SessionMoved(session.pk))
        record(run.activity, by, "session-moved", {"session": str(session.pk)})
    return len(changed)


def set_meeting(session: Session, meeting: Meeting) -> bool:
    """Give a session another time and place, not saved yet; says whether anything is another."""
    values = meeting.values()
    is_moved = any(getattr(session, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(session, name, value)
    return is_moved


def tell(run: Run, news: News, facts: dict[str, Any], now: dt.datetime) -> None:
    """Everybody of a run that is published hears of it."""
    if run.activity.state == State.PUBLISHED:
        telling.begin(run, news, facts, now=now)


def same_time(one: dt.datetime, other: dt.datetime) -> bool:
    """Whether two moments are the same minute: forms know no seconds."""
    return bool(plans.comparable(one) == plans.comparable(other))


def follow_pool(run: Run, by: Post | None, now: dt.datetime, *, ended_at: dt.datetime) -> None:
    """Seats that come free are offered until shortly before the new time. Nobody's time is cut:
    sign-up and offers never end sooner than was said. Sign-up that lasted until the run's end,
    `ended_at`, does so again, unless lots are drawn: their list is closed when it was said."""
    pool = run.pool
    if pool is None:
        return
    draft = pool_draft(run.activity, run)
    lasts = pool.closes_at == ended_at and pool.mode != Mode.DRAW
    closes_at = max(run.ends_at, pool.closes_at) if lasts else pool.closes_at
    until = max(filter(None, (draft.offers_until, pool.offers_until)), default=None)
    allocation.change_pool(
        pool_id=pool.pk,
        draft=draft_of(pool, name=draft.name, closes_at=closes_at, offers_until=until),
        by=by.account_id if by else None,
        now=now,
    )
    if closes_at != pool.closes_at:
        closing.follow(run)
