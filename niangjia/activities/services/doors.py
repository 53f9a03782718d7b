"""The gates of sessions: where people come in by their codes (ADR 96)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, Session, State
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.services.acting import hold_run
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Gate
from niangjia.allocation.selectors import find_gate
from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post

TITLE_MAX = 120


@transactions.atomic
def open_door(*, by: Post | None, session: Session, now: dt.datetime) -> Gate:
    """The gate of a session, opened if it has none: one that was published before there were gates,
    or that has moved from the network to a place. Twice is once. Raises `Conflict` before it is
    published, when it was called off or is over, and for a session on the network (`online`)."""
    run = hold_run(session.run_id)
    held = run.sessions.get(pk=session.pk)
    if run.pool_id is None:
        raise Conflict(_("It is not published yet."), code="draft")
    if held.cancelled_at or run.cancelled_at or run.activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    if held.is_online:
        raise Conflict(_("Whoever comes online needs no door."), code="online")
    if held.ends_at <= now:
        raise Conflict(_("It is over already."), code="over")
    return find_gate(occasion_of(held.pk)) or put_up(run, held, by)


def open_doors(run: Run, by: Post | None) -> None:
    """A gate for each session of a run that is published, and of what moved, anew. In the caller's
    transaction."""
    for session in run.sessions.filter(cancelled_at=None).exclude(place=""):
        put_up(run, session, by)


def put_up(run: Run, session: Session, by: Post | None) -> Gate:
    """The gate as its session is now. Codes stay bound to the session."""
    activity = run.activity
    names = (activity.name, run.name, session.name)
    assert run.pool_id  # noqa: S101 - it is published
    return allocation.open_gate(
        occasion=occasion_of(session.pk),
        pool_id=run.pool_id,
        union=activity.union,
        title=" · ".join(filter(None, names))[:TITLE_MAX],
        begins_at=session.starts_at,
        ends_at=session.ends_at,
        by=by.account_id if by else None,
    )
