"""Entering a whole list of merchants and shops: all of it, or nothing and what is wrong where."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from niangjia.benefits.models import Merchant, MerchantState, Shop
from niangjia.benefits.rules.merchant_lists import BadRows, Fault, Row
from niangjia.benefits.services.merchants import ShopDetails, add_merchant, add_shop, checked_uscc
from niangjia.core import transactions
from niangjia.core.errors import DomainError
from niangjia.members.models import Post
from niangjia.members.selectors.places import access_place
from niangjia.organisations.models import Union


class Imported(NamedTuple):
    """How many are new, and how many shops were known already."""

    merchants: int
    shops: int
    known: int


@transactions.atomic
def import_merchants(*, by: Post, union: Union, rows: Sequence[Row], now: dt.datetime) -> Imported:
    """Enter every row's merchant, where it is new, and shop, at `union`. The same list again
    changes nothing.

    Raises `BadRows` with every row that was refused and why; then nothing of the list was entered.
    """
    faults: list[Fault] = []
    own = Merchant.objects.filter(union=union).exclude(state=MerchantState.ENDED)
    merchants = {merchant.uscc: merchant for merchant in own}
    shops = set(
        Shop.objects.filter(merchant__union=union, closed_at=None).values_list(
            "merchant__uscc", "name"
        )
    )
    new = added = known = 0
    for row in rows:
        try:
            code = checked_uscc(row.uscc)
            if code not in merchants:
                merchants[code] = add_merchant(
                    by=by, union=union, name=row.merchant, uscc=code, trade=row.trade, now=now
                )
                new += 1
            if (code, row.shop) in shops:
                known += 1
                continue
            add_shop(by=by, merchant=merchants[code], details=details_of(union, row), now=now)
            shops.add((code, row.shop))
            added += 1
        except DomainError as refusal:
            faults.append(Fault(row.number, str(refusal.message)))
    if faults:
        raise BadRows(faults)
    return Imported(new, added, known)


def details_of(union: Union, row: Row) -> ShopDetails:
    """The shop of a row. Raises `Invalid` on its place."""
    return ShopDetails(
        name=row.shop,
        division=access_place(row.place, default=union.division),
        address=row.address,
        longitude=row.longitude,
        latitude=row.latitude,
        opening_hours=row.opening_hours,
    )
