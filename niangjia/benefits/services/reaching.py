"""Giving a benefit to members of unions beside, above or elsewhere as well."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.benefits.models import Benefit
from niangjia.benefits.services.drafting import access_published, note
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.organisations.models import Status, Union

MOST = 10


@transactions.atomic
def add_reach(*, by: Post, benefit: Benefit, union: Union, now: dt.datetime) -> Benefit:
    """Members of `union` and of those below it can have it as well, from the same budget; its
    officers are told. It need not lie below: unions that work together give to each other's
    members. Twice is once. Raises `Conflict` when it is not published, is everybody's anyhow, or
    reaches 10 already; `Invalid` on `union` for one whose members can have it anyhow, and for one
    that is no more."""
    locked = access_published(benefit)
    pool = locked.pool
    assert pool is not None  # noqa: S101 - the constraint says so
    if pool.reach is None:
        raise Conflict(_("Whoever has an account can have it already."), code="for-everybody")
    if union.pk in pool.also_reach:
        return locked
    if len(pool.also_reach) >= MOST:
        raise Conflict(_("It reaches 10 unions more already."), code="too-many")
    found: Text = ""
    if union.status == Status.DISSOLVED:
        found = _("This union has been dissolved.")
    elif union.path.startswith(pool.reach.path):
        found = _("Its members can have it already.")
    if found:
        raise Invalid(found, fields={"union": found})
    reach(locked, [*pool.also_reach, union.pk], by, now)
    note(locked, by.account_id, "reaches", union=union.number)
    members.notify_officers(
        union=union,
        action=Action.GIVE_BENEFITS,
        kind="benefits.also-yours",
        facts={"benefit": locked.name, "union": locked.union.name},
        url=reverse("benefits:benefit", args=[locked.number]),
        now=now,
    )
    return locked


@transactions.atomic
def drop_reach(*, by: Post, benefit: Benefit, union: Union, now: dt.datetime) -> Benefit:
    """From now on members of `union` can have it no more; whoever has one, or has claimed one,
    keeps it. Twice is once. Raises `Conflict` when it is not published."""
    locked = access_published(benefit)
    assert locked.pool is not None  # noqa: S101 - the constraint says so
    also = locked.pool.also_reach
    if union.pk in also:
        reach(locked, [each for each in also if each != union.pk], by, now)
        note(locked, by.account_id, "reaches_no_more", union=union.number)
    return locked


def reach(locked: Benefit, union_ids: list[uuid.UUID], by: Post, now: dt.datetime) -> None:
    """Who can have it is its pool's to know."""
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    allocation.reach_also(pool_id=locked.pool_id, union_ids=union_ids, by=by.account_id, now=now)
