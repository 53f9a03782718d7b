"""A pool of coupons in words: when, for whom, and what a claim was answered."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.allocation.models import Claim, Mode, Pool
from niangjia.allocation.rules.standing import Verdict
from niangjia.organisations.models import WorkerKind

WORDS = {
    Verdict.GRANTED: gettext_lazy("It is yours. The coupon is in your wallet in a moment."),
    Verdict.HELD: gettext_lazy("It is held for you. Confirm it in time."),
    Verdict.WAITING: gettext_lazy("You are on the waiting list. We tell you when one comes free."),
    Verdict.ENTERED: gettext_lazy("You are in. We tell you as soon as it is decided."),
    Verdict.OFFERED: gettext_lazy("One has come free for you. Confirm it in time."),
    Verdict.ENDED: gettext_lazy("What you had of it has ended."),
    Verdict.HAS_SHARE: gettext_lazy("You have yours already."),
    Verdict.SOLD_OUT: gettext_lazy("All are taken. If one comes back, it can be had again."),
    Verdict.NOT_OPEN: gettext_lazy("It has not opened yet."),
    Verdict.CLOSED: gettext_lazy("Its time is over."),
    Verdict.CANCELLED: gettext_lazy("It was called off."),
    Verdict.NOT_A_MEMBER: gettext_lazy("It is for members. Find your union and join first."),
    Verdict.OUT_OF_REACH: gettext_lazy("It is for members of another union."),
    Verdict.WRONG_KIND: gettext_lazy("It is for other kinds of work than what you told us."),
    Verdict.NOT_VERIFIED: gettext_lazy("It is for whoever has proven their name. Do that first."),
    Verdict.TOO_NEW: gettext_lazy("It is for those who have been members for longer."),
    Verdict.AGE_UNKNOWN: gettext_lazy("It depends on your age, which we do not know yet."),
    Verdict.TOO_YOUNG: gettext_lazy("It is for those who are older."),
    Verdict.TOO_OLD: gettext_lazy("It is for those who are younger."),
    Verdict.TOO_MANY_PARTS: gettext_lazy("That is more than one person can have."),
    Verdict.NO_SUCH_POOL: gettext_lazy("There is no such page"),
    Verdict.KEY_USED: gettext_lazy("This page was old. Press the button once more."),
}


def words(verdict: Verdict) -> str:
    """What a verdict means for the person."""
    return str(WORDS[verdict])


WAITS = {
    "entered": gettext_lazy("It is not decided yet. We tell you as soon as it is."),
    "waiting": gettext_lazy("When one comes free it is offered to you, in the order of the list."),
    "offered": gettext_lazy("One has come free for you."),
    "held": gettext_lazy("It is held for you for a while."),
    "confirmed": gettext_lazy("Your coupon is being made; look again in a moment."),
}


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
        at = date_format(localtime(pool.opens_at), "Y-m-d H:i")
        return Stage(_("Opens %(at)s") % {"at": at}, False)
    if pool.mode != Mode.FIRST_COME:
        at = date_format(localtime(pool.closes_at), "Y-m-d H:i")
        words = _("Enter until %(at)s; %(count)s are given")
        return Stage(words % {"at": at, "count": stock.supply}, True)
    left = max(0, stock.supply - stock.taken)
    words = _("%(left)s of %(supply)s left") % {"left": left, "supply": stock.supply}
    return Stage(words, left > 0)


def conditions(pool: Pool) -> list[str]:
    """Who can have it, one condition a line; empty: whoever has an account."""
    found = []
    if pool.reach is not None:
        found.append(_("Members of %(union)s and of the unions below it") % {"union": pool.reach})
    if pool.kinds:
        found.append(_(", ").join(str(WorkerKind(kind).label) for kind in pool.kinds))
    if pool.needs_real_name:
        found.append(_("Whoever has proven their name"))
    if pool.member_days:
        found.append(_("Members for %(days)s days at least") % {"days": pool.member_days})
    if pool.age_min is not None or pool.age_max is not None:
        found.append(
            _("From %(low)s to %(high)s years of age")
            % {"low": pool.age_min or 0, "high": pool.age_max or 150}
        )
    if pool.per_person > 1:
        found.append(_("Up to %(count)s for one person") % {"count": pool.per_person})
    return found


def waits(claims: Sequence[Claim]) -> str:
    """What happens next for whoever has claimed and has no coupon yet."""
    return str(WAITS.get(claims[0].state, "")) if claims else ""
