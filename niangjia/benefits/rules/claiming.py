"""A pool of coupons in words: when, and for whom."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.allocation.models import ClaimantKind, Mode, Pool
from niangjia.allocation.rules.pools import PoolDraft
from niangjia.benefits.rules.points import RULE
from niangjia.organisations.models import Union


class Stage(NamedTuple):
    """Where a pool stands, in one line, and whether something can be had now."""

    words: str
    is_open: bool


def said(pool: Pool, now: dt.datetime) -> Stage:
    """How many are left, or when it opens. Reads the pool's stock."""
    stock = pool.stock
    if pool.cancelled_at:
        return Stage(_("Called off"), False)
    if now >= pool.closes_at:
        return Stage(_("Over"), False)
    if now < pool.opens_at:
        at = date_format(localtime(pool.opens_at), "DATETIME_FORMAT")
        return Stage(_("Opens %(at)s") % {"at": at}, False)
    if pool.mode != Mode.FIRST_COME:
        at = date_format(localtime(pool.closes_at), "DATETIME_FORMAT")
        words = _("Enter until %(at)s; %(count)s are given")
        return Stage(words % {"at": at, "count": stock.supply}, True)
    left = max(0, stock.supply - stock.taken)
    words = _("%(left)s of %(supply)s left") % {"left": left, "supply": stock.supply}
    return Stage(words, left > 0)


def conditions(pool: Pool | PoolDraft, also: Sequence[Union] = ()) -> list[str]:
    """Who can have it, one condition a line; empty: whoever has an account. `also` are the unions
    whose members can have it besides those of `pool.reach`."""
    found = []
    if pool.reach is not None:
        found.append(_("Members of %(union)s and of the unions below it") % {"union": pool.reach})
        found += [
            _("and as well: members of %(union)s and of the unions below it") % {"union": each}
            for each in also
        ]
    if pool.kinds:
        found.append(_(", ").join(str(ClaimantKind(kind).label) for kind in pool.kinds))
    if pool.needs_real_name:
        found.append(_("Whoever has proven their name"))
    if pool.member_days:
        found.append(_("Members for %(days)s days at least") % {"days": pool.member_days})
    if pool.age_min is not None or pool.age_max is not None:
        found.append(
            _("From %(low)s to %(high)s years of age")
            % {"low": pool.age_min or 0, "high": pool.age_max or 150}
        )
    if pool.mode == Mode.BY_SCORE:
        found.append(str(RULE))
    if pool.per_person > 1:
        found.append(_("Up to %(count)s for one person") % {"count": pool.per_person})
    return found
