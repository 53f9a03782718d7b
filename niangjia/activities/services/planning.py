"""Drafting activities: what, when and where, for whom."""

import datetime as dt
import uuid

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Run, Session, State
from niangjia.activities.rules import plans
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.activities.services.acting import hold, hold_run, record, refuse
from niangjia.activities.services.indexing import index_activity
from niangjia.activities.services.locating import located
from niangjia.activities.services.numbering import next_number
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Text
from niangjia.members.models import Post
from niangjia.organisations.models import Status, Union
from niangjia.regions import selectors as regions


@transactions.atomic
def draft_activity(
    *,
    by: Post | None,
    union: Union,
    plan: Plan,
    seats: int,
    meeting: Meeting,
    now: dt.datetime,
    is_made_up: bool = False,
) -> Activity:
    """A draft that `union` puts on, with one run of `seats` and one session. Nobody sees it but its
    officers. Raises `Invalid` by the fields of the plan, the meeting and "seats"; `Conflict` when
    the union is no more."""
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
    found: dict[str, Text] = {**plans.problems(plan), **plans.seat_problems(seats)}
    refuse({**found, **plans.meeting_problems(meeting), **reach_problems(union, plan)})
    activity = Activity.objects.create(
        number=next_number(),
        union=union,
        created_at=now,
        is_made_up=is_made_up,
        **plan.values(),
    )
    add(activity, seats, "", located(meeting, union), now)
    record(activity, by, "drafted")
    return activity


def reach_problems(union: Union, plan: Plan) -> dict[str, Text]:
    """An activity is seen by, and open to, members of its own union or of one above it: up, down
    or across, but never of a branch that it does not belong to."""
    return {
        name: _("Choose your union or one above it.")
        for name in ("seen_by", "open_to")
        if (chosen := getattr(plan, name)) and not union.path.startswith(chosen.path)
    }


@transactions.atomic
def change_activity(
    *,
    by: Post | None,
    activity: Activity,
    plan: Plan,
) -> Activity:
    """Write a draft anew; of what is published only the words, since people rely on the rest.

    Raises `Invalid` by the fields of the plan, `Conflict` for what was called off.
    """
    held = hold(activity.pk)
    if held.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    found: dict[str, Text] = {**plans.problems(plan), **reach_problems(held.union, plan)}
    if held.state == State.PUBLISHED:
        # What cannot change is not found fault with: it was right when it was published.
        found = {name: problem for name, problem in found.items() if name in WORDS} | {
            name: _("People rely on this since it was published. It cannot change any more.")
            for name, value in plan.values().items()
            if name not in WORDS
            and plans.comparable(getattr(held, name)) != plans.comparable(value)
        }
    refuse(found)
    for name, value in plan.values().items():
        if held.state == State.DRAFT or name in WORDS:
            setattr(held, name, value)
    held.save()
    index_activity(held)
    record(held, by, "changed")
    return held


#: What may change once people have read it.
WORDS = ("name", "summary", "text", "programme", "phone", "kind")


def add(activity: Activity, seats: int, name: str, meeting: Meeting, now: dt.datetime) -> Run:
    last = activity.runs.aggregate(last=Max("position"))["last"] or 0
    run = Run.objects.create(
        activity=activity,
        position=last + 1,
        name=name.strip()[:40],
        seats=seats,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
    )
    Session.objects.create(run=run, changed_at=now, **meeting.values())
    follow(activity)
    return run


@transactions.atomic
def remove_session(*, by: Post | None, session: Session) -> None:
    """Take a session out of a draft, and its run with the last one. Raises `Conflict` for the only
    session of all, or once it is published."""
    run = hold_run(session.run_id)
    hold_draft(run.activity_id)
    if run.sessions.count() > 1:
        Session.objects.filter(pk=session.pk, run=run).delete()
        follow_run(run)
    elif run.activity.runs.count() > 1:
        run.sessions.all().delete()
        run.delete()
        follow(run.activity)
    else:
        raise Conflict(_("An activity needs a session. Change this one."), code="last-session")
    record(run.activity, by, "session-removed")


def hold_draft(activity_id: uuid.UUID) -> Activity:
    """A draft, held. Raises `Conflict` for what is published."""
    held = hold(activity_id)
    if held.state != State.DRAFT:
        raise Conflict(_("It is published already."), code="published")
    return held


def follow_run(run: Run) -> None:
    """A run lasts from its first session to its last that takes place."""
    span = run.sessions.filter(cancelled_at=None).aggregate(
        first=Min("starts_at"), last=Max("ends_at")
    )
    run.starts_at, run.ends_at = span["first"], span["last"]
    run.save(update_fields=["starts_at", "ends_at"])
    follow(run.activity)


def follow(activity: Activity) -> None:
    """What lists read of an activity follows from its runs: from when to when, and where."""
    span = activity.runs.filter(cancelled_at=None).aggregate(
        first=Min("starts_at"), last=Max("ends_at")
    )
    if span["first"]:
        activity.starts_at, activity.ends_at = span["first"], span["last"]
    meetings = Session.objects.filter(run__activity=activity, cancelled_at=None)
    place = meetings.exclude(place="").first()
    activity.longitude = place.longitude if place else None
    activity.latitude = place.latitude if place else None
    activity.division_id = division_of(activity, place)
    activity.save(update_fields=["starts_at", "ends_at", "longitude", "latitude", "division"])


def division_of(activity: Activity, place: Session | None) -> str | None:
    """Where it is: the county around its point, else that of its union; nowhere when online."""
    if place is None:
        return None
    if place.longitude is None or place.latitude is None:
        return activity.union.division_id
    nearest = regions.list_nearest(place.longitude, place.latitude)
    return nearest[0].code if nearest else activity.union.division_id
