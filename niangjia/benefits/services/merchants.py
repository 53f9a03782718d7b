"""Merchants under contract, and their shops."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Cashier, Merchant, MerchantState, Shop
from niangjia.benefits.services.budgets import refuse_dissolved
from niangjia.benefits.services.indexing import index_shops, index_shops_of
from niangjia.benefits.services.numbers import new_number
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules import details as union_rules
from niangjia.regions.models import Division


@dataclass(frozen=True)
class ShopDetails:
    """One shop as it is entered. The point in degrees, WGS-84, both or neither."""

    name: str
    division: Division
    address: str
    longitude: float | None = None
    latitude: float | None = None
    opening_hours: str = ""


@transactions.atomic
def add_merchant(
    *, by: Post, union: Union, name: str, uscc: str, trade: str = "", now: dt.datetime
) -> Merchant:
    """A business that `union` has a contract with.

    Raises `Invalid` on `uscc` for a unified social credit code (GB 32100) whose check character is
    wrong, `Conflict` when there is a contract with it already or the union is no more.
    """
    refuse_dissolved(union)
    code = checked_uscc(uscc)
    hold_contracts(union)
    open_ones = Merchant.objects.filter(union=union, uscc=code)
    if open_ones.exclude(state=MerchantState.ENDED).exists():
        problem = _("There is a contract with this business already.")
        raise Conflict(problem, code="merchant-exists", fields={"uscc": problem})
    merchant = Merchant.objects.create(
        number=new_number(Merchant),
        union=union,
        name=name.strip(),
        uscc=code,
        trade=trade.strip(),
        since_date=now.astimezone(clock.CHINA).date(),
    )
    note(merchant, by, "added")
    return merchant


@transactions.atomic
def set_merchant_state(
    *, by: Post, merchant: Merchant, state: str, reason: str, now: dt.datetime
) -> Merchant:
    """Suspend a merchant, let it go on, or end its contract for good, with the reason.

    From that moment its shops take nothing; what they took before is settled all the same. Whoever
    stands at a till of it is told, and reads the reason there. Raises
    `Conflict` once the contract has ended, `Invalid` on `reason`.
    """
    locked = Merchant.objects.select_for_update(of=("self",)).get(pk=merchant.pk)
    if locked.state == MerchantState.ENDED:
        raise Conflict(_("This contract has ended. Enter a new one."), code="merchant-ended")
    if len(reason.strip()) < 2:
        problem = _("Say why: the merchant reads it.")
        raise Invalid(problem, fields={"reason": problem})
    if locked.state != state:
        locked.state, locked.reason = MerchantState(state), reason.strip()
        locked.save(update_fields=["state", "reason"])
        index_shops_of(locked)
        note(locked, by, state)
        tell_state(locked, now)
    return locked


def tell_state(merchant: Merchant, now: dt.datetime) -> None:
    """Whoever stands at its tills, managers and cashiers, each once: they must not learn it from a
    customer."""
    tills = Cashier.objects.filter(shop__merchant=merchant, ended_at=None).order_by("since_at")
    told = {each.account_id: each for each in tills.select_related("account", "shop")}
    for each in told.values():
        members.notify(
            account=each.account,
            kind=f"benefits.merchant-{merchant.state}",
            facts={
                "merchant": merchant.name,
                "union": merchant.union.name,
                "reason": merchant.reason,
            },
            url=reverse("benefits:till", args=[each.shop.number]),
            now=now,
        )


def hold_contracts(union: Union) -> None:
    """Nobody else enters a contract of this union until the transaction ends: the same business
    sent twice at once is told, not counted twice."""
    transactions.hold(f"benefits.contracts:{union.pk}")


def end_contract(locked: Merchant, *, reason: str, now: dt.datetime) -> None:
    """End a contract whose row is held, by nobody's hand, in the caller's transaction."""
    locked.state, locked.reason = MerchantState.ENDED, reason
    locked.save(update_fields=["state", "reason"])
    index_shops_of(locked)
    note(locked, None, MerchantState.ENDED)
    tell_state(locked, now)


@transactions.atomic
def add_shop(*, by: Post, merchant: Merchant, details: ShopDetails, now: dt.datetime) -> Shop:
    """One more place that takes coupons. Raises `Conflict` on `name`, `Invalid` on the
    point and the opening hours."""
    Merchant.objects.select_for_update(of=("self",)).get(pk=merchant.pk)
    check_shop(details)
    if Shop.objects.filter(merchant=merchant, name=details.name, closed_at=None).exists():
        problem = _("This merchant has a shop of this name.")
        raise Conflict(problem, code="shop-exists", fields={"name": problem})
    shop = Shop.objects.create(number=new_number(Shop), merchant=merchant, **vars(details))
    index_shops([shop.pk])
    note(merchant, by, "shop_added", shop=shop.number)
    return shop


@transactions.atomic
def close_shop(*, by: Post, shop: Shop, now: dt.datetime) -> Shop:
    """It takes coupons no more. Twice is once."""
    locked = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        index_shops([locked.pk])
        note(shop.merchant, by, "shop_closed", shop=shop.number)
    return locked


def checked_uscc(typed: str) -> str:
    """The code in its one form. Raises `Invalid` on `uscc`."""
    code = union_rules.normalised_uscc(typed) or ""
    problem = union_rules.uscc_fault(code, of_union=False)
    if problem or not code:
        words = problem or _("Write the code of the business licence.")
        raise Invalid(words, fields={"uscc": words})
    return code


def check_shop(details: ShopDetails) -> None:
    """Raise `Invalid` by field for half a point or one outside of China (most often the two were
    swapped), and for opening hours that no program could read."""
    found = union_rules.point_faults(details.longitude, details.latitude)
    if fault := union_rules.opening_hours_fault(details.opening_hours):
        found["opening_hours"] = fault
    if found:
        raise Invalid(next(iter(found.values())), fields=found)


def note(merchant: Merchant, by: Post | None, action: str, **details: str) -> None:
    """Record what was done to a merchant; without `by` the system did it."""
    audit.record(
        action=f"merchant.{action}",
        by=by.account_id if by else None,
        subject=f"merchant:{merchant.pk}",
        union_id=merchant.union_id,
        details=details,
    )
