"""Publishing an activity: from then on people find it, and sign up in its time."""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import ActivityPublished
from niangjia.activities.models import Activity, Run, State
from niangjia.activities.rules import plans, teams
from niangjia.activities.selectors.planning import plan_of
from niangjia.activities.services.acting import hold, record, refuse
from niangjia.activities.services.co_organising import follow_reach
from niangjia.activities.services.doors import open_doors
from niangjia.activities.services.indexing import index_activity
from niangjia.activities.services.matching.terms import refuse_unfit
from niangjia.activities.services.metrics import count
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Mode
from niangjia.allocation.rules.pools import PoolDraft
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post

#: A seat that comes free is kept so long for the next in line; nearer to the day, shorter.
OFFER_MINUTES = 12 * 60
LAST_OFFER = dt.timedelta(hours=2)
#: Long enough for whoever presses when it opens, on a slow network too.
OPENING_SECONDS = 30


@transactions.atomic
def publish_activity(*, by: Post | None, activity: Activity, now: dt.datetime) -> Activity:
    """Show it to whom it is for, and open the seats of each run for sign-up. Twice is once.

    Raises `Invalid` by the fields that still lack something, `Conflict` when it was called off.
    """
    held = hold(activity.pk)
    if held.state == State.PUBLISHED:
        return held
    if held.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    plan = plan_of(held)
    refuse_unfit(held)
    refuse(
        {
            **plans.problems(plan),
            **plans.unready(plan, starts_at=held.starts_at, ends_at=held.ends_at, now=now),
        }
    )
    for run in held.runs.order_by("position"):
        run.activity = held
        open_seats(run, opening_draft(held, run, now), by)
        open_doors(run, by)
    held.state, held.published_at = State.PUBLISHED, now
    held.save()
    index_activity(held)
    follow_reach(held, by, now)
    count(held, "published")
    record(held, by, "published")
    outbox.publish(ActivityPublished(held.pk))
    return held


def open_seats(run: Run, draft: PoolDraft, by: Post | None) -> None:
    """The pool of a run. In the caller's transaction."""
    run.pool = allocation.open_pool(
        subject=f"run:{run.pk}",
        union=run.activity.union,
        supply=run.seats,
        draft=draft,
        by=by.account_id if by else None,
    )
    run.save(update_fields=["pool"])


def opening_draft(activity: Activity, run: Run, now: dt.datetime) -> PoolDraft:
    """`pool_draft`, as the pool opens. Where people can wait for the moment at which sign-up opens,
    those of the first seconds are served in random order: nobody's network decides."""
    draft = pool_draft(activity, run)
    gathers = draft.mode == Mode.FIRST_COME and draft.opens_at > now
    return replace(draft, gather_seconds=OPENING_SECONDS if gathers else 0)


def pool_draft(activity: Activity, run: Run) -> PoolDraft:
    """How the seats of a run are given. Sign-up for a run that begins earlier ends with it."""
    opens_at = activity.opens_at or run.starts_at
    closes_at = min(activity.closes_at or run.ends_at, run.ends_at)
    return PoolDraft(
        name=f"{activity.name} {run.name}".strip()[:120],
        opens_at=opens_at,
        closes_at=max(closes_at, opens_at + dt.timedelta(minutes=1)),
        mode=activity.mode,
        parts_max=teams.most_seats(activity),
        reach=activity.open_to,
        kinds=tuple(activity.worker_kinds),
        needs_real_name=activity.needs_real_name,
        member_days=activity.member_days,
        age_min=activity.age_min,
        age_max=activity.age_max,
        confirm_minutes=activity.confirm_hours * 60,
        has_waiting_list=activity.has_waiting_list,
        asks_more=True,
        offer_minutes=OFFER_MINUTES,
        offers_until=max(run.starts_at - LAST_OFFER, opens_at + dt.timedelta(minutes=1)),
    )
