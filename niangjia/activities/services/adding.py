"""Another date: of a draft, and of a series that people have signed up for."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, News, Run, Session, State
from niangjia.activities.rules import plans
from niangjia.activities.rules.plans import TO_DRAW, Meeting
from niangjia.activities.services import closing, telling
from niangjia.activities.services.acting import hold, hold_run, record, refuse
from niangjia.activities.services.co_organising import follow_reach
from niangjia.activities.services.doors import open_doors, put_up
from niangjia.activities.services.indexing import index_activity
from niangjia.activities.services.locating import located
from niangjia.activities.services.moving import follow_pool, refuse_over
from niangjia.activities.services.planning import add, follow_run
from niangjia.activities.services.publishing import open_seats, pool_draft
from niangjia.allocation.models import Mode
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Text
from niangjia.members.models import Post


@transactions.atomic
def add_run(
    *,
    by: Post | None,
    activity: Activity,
    seats: int,
    meeting: Meeting,
    now: dt.datetime,
    name: str = "",
    closes_at: dt.datetime | None = None,
) -> Run:
    """Another go, with seats of its own. Once it is published one can sign up for it at once, or
    when sign-up opens, until `closes_at`; where nothing is said, as long as for the others, and
    where that is over, until it begins (where lots are drawn, a day before). Whoever waits for a
    seat of another run is told.

    Raises `Invalid` by field; `Conflict` when it was called off or is over, or with too many.
    """
    held = hold(activity.pk)
    meeting = located(meeting, held.union)
    refuse_ended(held, now)
    found: dict[str, Text] = {**plans.seat_problems(seats), **coming_problems(held, meeting, now)}
    until = closes_at or usual_closing(held, meeting, now)
    if held.state == State.PUBLISHED:
        found |= closing_problems(held, meeting, until, now)
    refuse(found)
    if held.runs.count() >= plans.RUNS_MAX:
        raise Conflict(_("There are 30 runs already."), code="too-many")
    run = add(held, seats, name, meeting, now)
    run.activity = held
    if held.state == State.PUBLISHED:
        draft = replace(pool_draft(held, run), closes_at=until)
        open_seats(run, draft, by)
        open_doors(run, by)
        closing.follow(run)
        follow_reach(held, by, now)
        index_activity(held)
        tell_waiting(held, run, meeting, now)
    record(held, by, "run-added", {"run": str(run.pk)})
    return run


def usual_closing(activity: Activity, meeting: Meeting, now: dt.datetime) -> dt.datetime:
    """Until when one can sign up for a run where nothing is said."""
    last = meeting.starts_at - TO_DRAW if activity.mode == Mode.DRAW else meeting.starts_at
    others = activity.closes_at
    return min(others, last) if others and others > now else last


def closing_problems(
    activity: Activity, meeting: Meeting, closes_at: dt.datetime, now: dt.datetime
) -> dict[str, Text]:
    """What is wrong with the end of sign-up for a run that is added."""
    if closes_at <= max(filter(None, (now, activity.opens_at))):
        return {"closes_at": _("Choose a later time: nobody could sign up.")}
    if closes_at > meeting.ends_at:
        return {"closes_at": _("Sign-up must close before the activity is over.")}
    if activity.mode == Mode.DRAW and closes_at > meeting.starts_at - TO_DRAW:
        return {"closes_at": _("Close it a day before it begins: lots are drawn in between.")}
    return {}


def coming_problems(activity: Activity, meeting: Meeting, now: dt.datetime) -> dict[str, Text]:
    """What is wrong with a date that is added: once people rely on it, it is to come."""
    found: dict[str, Text] = {**plans.meeting_problems(meeting)}
    if activity.state == State.PUBLISHED and meeting.starts_at <= now:
        found.setdefault("starts_at", _("Choose a time to come."))
    return found


def tell_waiting(activity: Activity, added: Run, meeting: Meeting, now: dt.datetime) -> None:
    """Whoever waits for another run hears that there is one more."""
    facts = {"when": telling.when(meeting.starts_at), "place": meeting.place}
    others = activity.runs.filter(cancelled_at=None, ends_at__gt=now).exclude(pk=added.pk)
    for run in others:
        run.activity = activity
        telling.begin(run, News.RUN, facts, now=now)


@transactions.atomic
def add_session(*, by: Post | None, run: Run, meeting: Meeting, now: dt.datetime) -> Session:
    """Another session of a run: the next evening of a course. Once it is published, whoever has a
    seat of the run has one there as well, and everybody who has one or waits is told. Raises
    `Invalid` by field; `Conflict` when it was called off or is over, or with too many."""
    held = hold_run(run.pk)
    meeting = located(meeting, held.activity.union)
    refuse_ended(held.activity, now)
    if held.cancelled_at:
        raise Conflict(_("It was called off."), code="cancelled")
    refuse_over(held.activity, held.ends_at, now)
    refuse(coming_problems(held.activity, meeting, now))
    if held.sessions.count() >= plans.SESSIONS_MAX:
        raise Conflict(_("There are 60 sessions already."), code="too-many")
    ended_at = held.ends_at
    session = Session.objects.create(run=held, changed_at=now, **meeting.values())
    follow_run(held)
    if held.activity.state == State.PUBLISHED:
        follow_pool(held, by, now, ended_at=ended_at)
        index_activity(held.activity)
        if not session.is_online:
            put_up(held, session, by)
        facts = {"when": telling.when(session.starts_at), "place": session.place}
        telling.begin(held, News.EXTRA, facts, now=now)
    record(held.activity, by, "session-added", {"session": str(session.pk)})
    return session


def refuse_ended(activity: Activity, now: dt.datetime) -> None:
    """Raise `Conflict` for what was called off, and for what is over."""
    if activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    refuse_over(activity, activity.ends_at, now)
