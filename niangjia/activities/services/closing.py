"""When sign-up ends, once it is published: sooner than was said, or later."""

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, State, Team
from niangjia.activities.rules import teams
from niangjia.activities.services.acting import hold_run, record, refuse
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Pool
from niangjia.allocation.rules.pools import draft_of
from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post


@transactions.atomic
def close_sign_up(*, by: Post | None, run: Run, now: dt.datetime) -> Run:
    """Take no more sign-ups for a run from now on. Whoever has a seat keeps it, the waiting list
    goes on, and lots are drawn when it was said. Twice is once. Raises `Conflict` before it is
    published or has opened, when it was called off, and when it is over."""
    held = hold_run(run.pk)
    pool = published_pool(held, now)
    if pool.closes_at <= now:
        return held
    allocation.close_pool(pool_id=pool.pk, by=by.account_id if by else None, now=now)
    follow(held)
    record(held.activity, by, "sign-up-closed", {"run": str(held.pk)})
    return held


@transactions.atomic
def prolong_sign_up(*, by: Post | None, run: Run, closes_at: dt.datetime, now: dt.datetime) -> Run:
    """Take sign-ups for a run until `closes_at`, also when it has closed already. Teams have until
    then to be whole, and as much longer as teams have; never less than they were told.

    Raises `Invalid` on `closes_at` for a moment that is no later than what was said, is over
    already, comes after the run or, where lots are drawn, after its list must be sealed; `Conflict`
    before it is published, when it was called off or is over, and when lots were drawn.
    """
    held = hold_run(run.pk)
    pool = published_pool(held, now)
    found: dict[str, Any] = {}
    if closes_at <= max(now, pool.closes_at):
        found["closes_at"] = _("Choose a later time. To end sign-up sooner, close it now.")
    elif closes_at > held.ends_at:
        found["closes_at"] = _("Sign-up must close before the activity is over.")
    refuse(found)
    allocation.change_pool(
        pool_id=pool.pk,
        draft=draft_of(pool, closes_at=closes_at),
        by=by.account_id if by else None,
        now=now,
    )
    due_at = teams.whole_by(closes_at, held.starts_at, held.activity.team_wait_hours)
    waiting = Team.objects.filter(run=held, settled_at=None, ended_at=None, due_at__lt=due_at)
    waiting.update(due_at=due_at, looked_at=None)
    follow(held)
    details = {"run": str(held.pk), "closes_at": closes_at.isoformat()}
    record(held.activity, by, "sign-up-prolonged", details)
    return held


def published_pool(run: Run, now: dt.datetime) -> Pool:
    """The seats of a run that is to come. Raises `Conflict`."""
    if run.pool is None:
        raise Conflict(_("It is not published yet: change the draft."), code="draft")
    if run.cancelled_at or run.activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    if run.ends_at <= now:
        raise Conflict(_("It is over already."), code="over")
    return run.pool


def follow(run: Run) -> None:
    """Sign-up for an activity ends with that for the last of its runs."""
    runs = run.activity.runs.filter(cancelled_at=None)
    run.activity.closes_at = runs.aggregate(last=Max("pool__closes_at"))["last"]
    run.activity.save(update_fields=["closes_at"])
