"""Redemptions that were proposed to be struck, and what became of them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from niangjia.benefits.models import Cashier, Redemption, Strike, StrikeState
from niangjia.benefits.selectors.tills import access_manager
from niangjia.benefits.selectors.within_reach import one, within
from niangjia.core import ids
from niangjia.members.models import Account, Post

RELATED = ("redemption__coupon__benefit__union", "redemption__shop__merchant")
#: What somebody at the desk has to do.
WAITING = (StrikeState.PROPOSED, StrikeState.OBJECTED)


def list_strikes_within(posts: Iterable[Post], state: str = "") -> QuerySet[Strike]:
    """Of coupons of unions within reach. Order by "-id"."""
    found = Strike.objects.filter(within(posts, "redemption__coupon__benefit__union__path"))
    found = found.select_related(*RELATED)
    return found.filter(state=state) if state else found


def access_strike_within(posts: Iterable[Post], strike_id: str) -> Strike:
    """One of those. Raises `NotFound`."""
    key = ids.parse_uuid(strike_id)
    return one(list_strikes_within(posts).filter(pk__in=[key] if key else []))


def access_redemption_within(posts: Iterable[Post], sale_id: str) -> Redemption:
    """What a coupon of a union within reach was used for. Raises `NotFound`."""
    key = ids.parse_uuid(sale_id)
    found = Redemption.objects.filter(
        within(posts, "coupon__benefit__union__path"), pk__in=[key] if key else []
    )
    found = found.select_related("coupon__benefit__union", "shop__merchant")
    return one(found.prefetch_related("refunds"))


def access_strike_for(account: Account, strike_id: str) -> tuple[Strike, Cashier]:
    """What was struck of a merchant's, and the till of its manager who asks. What was only proposed
    is none of theirs. Raises `NotFound`."""
    key = ids.parse_uuid(strike_id)
    strikes = Strike.objects.select_related(*RELATED)
    strikes = strikes.exclude(state__in=(StrikeState.PROPOSED, StrikeState.DROPPED))
    found = strikes.filter(pk=key).first() if key else None
    till = access_manager(account, found.redemption.shop.merchant if found else None)
    assert found  # noqa: S101 - else nobody manages it
    return found, till


def list_strikes_of(till: Cashier) -> QuerySet[Strike]:
    """What was struck of the merchant of a manager's till. Order by "-id"."""
    found = Strike.objects.filter(redemption__shop__merchant=till.shop.merchant_id)
    found = found.exclude(state__in=(StrikeState.PROPOSED, StrikeState.DROPPED))
    return found.select_related(*RELATED)
