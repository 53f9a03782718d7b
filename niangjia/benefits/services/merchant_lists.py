"""Entering a whole list of merchants and shops: all of it, or nothing and what is wrong where."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from niangjia.benefits.models import Merchant, MerchantState, Shop
from niangjia.benefits.rules.merchant_lists import BadRows, Fault, Row
from niangjia.benefits.services.budgets import refuse_dissolved
from niangjia.benefits.services.merchants import (
    ShopDetails,
    check_shop,
    checked_uscc,
    hold_contracts,
)
from niangjia.benefits.services.numbers import new_numbers
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import DomainError
from niangjia.members.models import Post
from niangjia.members.selectors.places import access_place
from niangjia.organisations.models import Union
from niangjia.regions.models import Division


class Imported(NamedTuple):
    """How many are new, and how many shops were known already."""

    merchants: int
    shops: int
    known: int


class Checked(NamedTuple):
    """A row that can be entered: the code in its one form, and the shop."""

    code: str
    row: Row
    details: ShopDetails


@transactions.atomic
def import_merchants(*, by: Post, union: Union, rows: Sequence[Row], now: dt.datetime) -> Imported:
    """Enter every row's merchant, where it is new, and shop, at `union`. The same list again
    changes nothing. However many rows there are, it takes some ten statements.

    Raises `BadRows` with every row that was refused and why; then nothing of the list was entered.
    """
    refuse_dissolved(union)
    hold_contracts(union)
    checked = check_rows(union, rows)
    own = Merchant.objects.filter(union=union).exclude(state=MerchantState.ENDED)
    known = set(own.values_list("uscc", flat=True))
    added = add_merchants(union, [each for each in checked if each.code not in known], now)
    before = Shop.objects.filter(merchant__union=union, closed_at=None)
    there = set(before.values_list("merchant__uscc", "name"))
    new = {(each.code, each.row.shop): each for each in checked}
    shops = [each for key, each in new.items() if key not in there]
    add_shops({merchant.uscc: merchant for merchant in own}, shops)
    done = Imported(added, len(shops), len(rows) - len(shops))
    audit.record(
        action="merchants.imported",
        by=by.account_id,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details=done._asdict(),
    )
    return done


def check_rows(union: Union, rows: Sequence[Row]) -> list[Checked]:
    """All of them, or `BadRows`. Each place is looked up once, however often it is named."""
    places: dict[str, Division] = {}
    checked, faults = [], []
    for row in rows:
        try:
            code = checked_uscc(row.uscc)
            if row.place not in places:
                places[row.place] = access_place(row.place, default=union.division)
            details = ShopDetails(
                name=row.shop,
                division=places[row.place],
                address=row.address,
                longitude=row.longitude,
                latitude=row.latitude,
                opening_hours=row.opening_hours,
            )
            check_shop(details)
        except DomainError as refusal:
            faults.append(Fault(row.number, str(refusal.message)))
        else:
            checked.append(Checked(code, row, details))
    if faults:
        raise BadRows(faults)
    return checked


def add_merchants(union: Union, rows: Sequence[Checked], now: dt.datetime) -> int:
    """One for each code; says how many. The first row of a code says its name and trade."""
    first: dict[str, Row] = {}
    for each in rows:
        first.setdefault(each.code, each.row)
    today = now.astimezone(clock.CHINA).date()
    numbers = new_numbers(Merchant, len(first))
    Merchant.objects.bulk_create(
        (
            Merchant(
                number=number,
                union=union,
                name=row.merchant.strip(),
                uscc=code,
                trade=row.trade.strip(),
                since_date=today,
            )
            for number, (code, row) in zip(numbers, first.items(), strict=True)
        ),
        batch_size=1000,
    )
    return len(first)


def add_shops(merchants: dict[str, Merchant], rows: Sequence[Checked]) -> None:
    """Each at the merchant of its code."""
    numbers = new_numbers(Shop, len(rows))
    Shop.objects.bulk_create(
        (
            Shop(number=number, merchant=merchants[each.code], **vars(each.details))
            for number, each in zip(numbers, rows, strict=True)
        ),
        batch_size=1000,
    )
