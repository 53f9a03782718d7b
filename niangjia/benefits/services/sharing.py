"""How a benefit's coupons are shared out beyond the order of coming: parts kept for unions below,
and by points."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Claim, ClaimState, Mode, Share
from niangjia.allocation.services import ShareDraft
from niangjia.benefits.models import Benefit, BenefitState, Coupon, CouponState
from niangjia.benefits.rules.points import MONTHS_DAYS, points
from niangjia.benefits.services.drafting import access_published, note
from niangjia.core import transactions
from niangjia.core.errors import Invalid
from niangjia.members.models import Post
from niangjia.organisations.models import Union


@transactions.atomic
def split_benefit(
    *, by: Post, benefit: Benefit, shares: Sequence[ShareDraft], now: dt.datetime
) -> list[Share]:
    """Keep coupons for the members of unions below; what is left of them flows back to everybody
    when the share says so. A union that has a share gets so many more.

    Raises `Conflict` when it is not published or a share has flowed back; `Invalid` on `shares` of
    a union that is not below, of nothing, and when there is not enough left.
    """
    locked = access_published(benefit)
    if any(
        each.union.pk == locked.union_id or not each.union.path.startswith(locked.union.path)
        for each in shares
    ):
        problem = _("Coupons can be kept for unions below the one that gives them.")
        raise Invalid(problem, fields={"shares": problem})
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    kept = allocation.split_pool(pool_id=locked.pool_id, shares=shares, by=by.account_id, now=now)
    note(locked, by.account_id, "split", count=sum(each.supply for each in shares))
    return kept


@transactions.atomic
def return_share(*, by: Post, benefit: Benefit, union: Union, now: dt.datetime) -> int:
    """Let what is left of a union's share flow back at once; says how many coupons. Twice is once.
    Raises `Conflict` when the benefit is not published."""
    locked = access_published(benefit)
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    back: int = allocation.return_shares(
        pool_id=locked.pool_id, by=by.account_id, now=now, union=union
    )
    if back:
        note(locked, by.account_id, "share_returned", count=back)
    return back


@transactions.atomic
def share_out_due(*, now: dt.datetime) -> int:
    """Share out by points what has closed and is not decided yet; says how many benefits. Begun
    twice at once, each is decided by one of them."""
    due = Benefit.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=BenefitState.PUBLISHED,
        pool__mode=Mode.BY_SCORE,
        pool__closes_at__lte=now,
        pool__decided_at=None,
        pool__cancelled_at=None,
    )
    found = list(due.order_by("pk")[:50])
    for benefit in found:
        share_out(benefit, now)
    return len(found)


def share_out(locked: Benefit, now: dt.datetime) -> None:
    """Decide a benefit's pool by `rules.points`, in the caller's transaction."""
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    had = count_had(locked.pool_id, now - dt.timedelta(days=MONTHS_DAYS))
    allocation.rank_claims(
        pool_id=locked.pool_id,
        score=lambda claim: points(had.get(claim.account_id, 0)),
        by=None,
        now=now,
    )
    note(locked, None, "shared_out")


def count_had(pool_id: uuid.UUID, since: dt.datetime) -> dict[uuid.UUID, int]:
    """How many coupons each of those who entered a pool was given since, by account. One query."""
    entered = Claim.objects.filter(pool=pool_id, state=ClaimState.ENTERED).values("account_id")
    given = Coupon.objects.filter(account_id__in=entered, given_at__gte=since)
    counted = given.exclude(state=CouponState.RETURNED).values("account_id").order_by("account_id")
    return {
        row["account_id"]: row["number_had"] for row in counted.annotate(number_had=Count("pk"))
    }
