"""Until when a benefit can be had, once it is published."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.allocation.rules.pools import draft_of
from niangjia.benefits.models import Benefit
from niangjia.benefits.services.drafting import access_published, note
from niangjia.core import transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Post


@transactions.atomic
def close_sign_up(*, by: Post, benefit: Benefit, now: dt.datetime) -> Benefit:
    """Nobody can have it from now on; whoever has one keeps it, the waiting list goes on, and what
    is drawn or shared by points is from now on. Twice is once. Raises `Conflict` before it has
    opened, and unless it is published."""
    locked = access_published(benefit)
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    allocation.close_pool(pool_id=locked.pool_id, by=by.account_id, now=now)
    note(locked, by.account_id, "closed")
    return locked


@transactions.atomic
def move_closing(
    *, by: Post, benefit: Benefit, closes_at: dt.datetime, now: dt.datetime
) -> Benefit:
    """It can be had until another moment: once it has opened a later one, since people rely on what
    was said. What was closed early opens again. Raises `Invalid` on `closes_at`, also for one at
    which coupons are of no use any more; `Conflict` unless it is published, and once lots were
    drawn or points read."""
    locked = access_published(benefit)
    if not now < closes_at <= locked.valid_until:
        problem = _("Choose a moment to come, while it can still be used.")
        raise Invalid(problem, fields={"closes_at": problem})
    assert locked.pool is not None  # noqa: S101 - the constraint says so
    draft = draft_of(locked.pool, closes_at=closes_at)
    allocation.change_pool(pool_id=locked.pool.pk, draft=draft, by=by.account_id, now=now)
    note(locked, by.account_id, "closing_moved")
    return locked
