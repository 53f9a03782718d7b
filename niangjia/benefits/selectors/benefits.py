"""Benefits as workers and officers see them."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import (
    Benefit,
    BenefitState,
    Budget,
    Coupon,
    CouponState,
    MerchantState,
    Redemption,
    Shop,
)
from niangjia.benefits.selectors.within_reach import one, within
from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules import ancestor_paths

ORDER = ("pool__closes_at", "id")


def list_open_benefits(
    *, path: str | None = None, now: dt.datetime, over: bool = False
) -> QuerySet[Benefit]:
    """What is published and can still be had, or will be (or, `over`, is past); with a `path`, what
    unions from there up to the root give, those below it, and others to members of these as well.
    Order by `ORDER`."""
    found = Benefit.objects.filter(state=BenefitState.PUBLISHED).select_related(
        "union", "pool__stock", "pool__reach"
    )
    found = found.filter(**{f"pool__closes_at__{'lte' if over else 'gt'}": now})
    if path is None:
        return found
    above = ancestor_paths(path)
    mine = ArraySubquery(Union.objects.filter(path__in=above).order_by().values("pk"))
    return found.filter(
        Q(union__path__in=above)
        | scope.subtree(path, field="union__path")
        | Q(pool__also_reach__overlap=mine)
    )


def access_benefit(number: str) -> Benefit:
    """A published one, or one that was called off. Raises `NotFound`."""
    found = Benefit.objects.filter(number=number).exclude(state=BenefitState.DRAFT)
    return one(found.select_related("union", "pool__stock", "pool__reach", "pool__union"))


def list_shops_taking(benefit: Benefit) -> QuerySet[Shop]:
    """The open shops that take it: those of the merchants that were chosen, or of all that have a
    contract with its union or one above. Order by "name", "id"."""
    shops = Shop.objects.filter(closed_at=None, merchant__state=MerchantState.ACTIVE)
    if benefit.acceptances.exists():
        return shops.filter(merchant__acceptances__benefit=benefit).select_related("merchant")
    path = benefit.union.path
    above = ancestor_paths(path)
    return shops.filter(merchant__union__path__in=above).select_related("merchant")


def list_coupons(account: Account) -> QuerySet[Coupon]:
    """One's own, whatever became of them. Order by "-id"."""
    return Coupon.objects.filter(account=account).select_related("benefit__union")


def list_usable_coupons(account: Account, now: dt.datetime) -> QuerySet[Coupon]:
    """Those of one's own that can be used, the first to end first."""
    return list_coupons(account).filter(state=CouponState.OPEN, expires_at__gt=now)


def access_coupon(account: Account, number: str) -> Coupon:
    """One of one's own. Raises `NotFound`, for somebody else's alike."""
    return one(list_coupons(account).filter(number=number))


def list_uses(coupon: Coupon) -> QuerySet[Redemption]:
    """What a coupon was used for, with what came back; the newest first."""
    found = Redemption.objects.filter(coupon=coupon).select_related("shop")
    return found.prefetch_related("refunds").order_by("-at", "-id")


def find_coupon_of(account: Account, benefit: Benefit) -> Coupon | None:
    """The newest that somebody has of a benefit."""
    found = list_coupons(account).filter(benefit=benefit)
    return found.exclude(state=CouponState.RETURNED).order_by("-id").first()


# What officers see


def list_benefits_within(posts: Iterable[Post], state: str = "") -> QuerySet[Benefit]:
    """Drafts and all within reach. Order by "-id"."""
    found = Benefit.objects.filter(within(posts)).select_related("union", "budget", "pool__stock")
    return found.filter(state=state) if state else found


def access_benefit_within(posts: Iterable[Post], number: str) -> Benefit:
    """One within reach. Raises `NotFound`."""
    return one(list_benefits_within(posts).filter(number=number))


def list_budgets_of(union: Union) -> QuerySet[Budget]:
    """A union's own, the newest first."""
    return Budget.objects.filter(union=union).order_by("-year", "name")


def list_budgets_within(posts: Iterable[Post]) -> QuerySet[Budget]:
    """Budgets within reach. Order by "-year", "id"."""
    return Budget.objects.filter(within(posts)).select_related("union")


def access_budget_within(posts: Iterable[Post], budget_id: str) -> Budget:
    """One within reach. Raises `NotFound`."""
    key = ids.parse_uuid(budget_id)
    return one(list_budgets_within(posts).filter(pk__in=[key] if key else []))


def find_coupon_within(posts: Iterable[Post], number: str) -> Coupon | None:
    """The coupon with a number, of a benefit within reach."""
    found = Coupon.objects.filter(within(posts, "benefit__union__path"), number=number)
    return found.select_related("benefit__union").first()


def access_coupon_within(posts: Iterable[Post], number: str) -> Coupon:
    """That coupon. Raises `NotFound`."""
    found = find_coupon_within(posts, number)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
