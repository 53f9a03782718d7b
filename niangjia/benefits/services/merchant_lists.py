"""Entering a whole list of merchants and shops: all of it, or nothing and what is wrong where; a
long one in the background, some rows at a time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import astuple
from typing import NamedTuple

from procrastinate.contrib.django import app

from niangjia.benefits.models import Merchant, MerchantImport, MerchantState, Shop
from niangjia.benefits.rules.merchant_lists import BadRows, Fault, Row
from niangjia.benefits.services.budgets import refuse_dissolved
from niangjia.benefits.services.indexing import index_shops
from niangjia.benefits.services.merchants import (
    ShopDetails,
    check_shop,
    checked_uscc,
    hold_contracts,
)
from niangjia.benefits.services.numbers import new_numbers
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import DomainError, Invalid
from niangjia.members.models import Post
from niangjia.members.selectors.places import read_places
from niangjia.organisations.models import Status, Union
from niangjia.regions.models import Division

#: So many rows are entered in one transaction.
STEP = 500
#: A list that was refused is kept so long.
REFUSED_DAYS = 7
GO_ON = "benefits.go_on_importing"


class Checked(NamedTuple):
    """A row that can be entered: the code in its one form, and the shop."""

    code: str
    row: Row
    details: ShopDetails


@transactions.atomic
def import_merchants(
    *,
    by: Post,
    union: Union,
    rows: Sequence[Row],
    unread: Sequence[Fault] = (),
    now: dt.datetime,
) -> MerchantImport:
    """Enter every row's merchant, where it is new, and shop, at `union`. All rows are checked
    first; then the first are entered at once and the others in the background, some at a time. It
    can be watched how far it has come, and whoever dies in between goes on there. The same list
    again changes nothing.

    Raises `BadRows` with every row that was refused and why, those that could not even be read
    (`unread`) among them; then nothing of the list was entered.
    """
    refuse_dissolved(union)
    check_rows(union, rows, unread)
    made = MerchantImport.objects.create(
        union=union,
        made_by_id=by.account_id,
        made_at=now,
        rows=[astuple(row) for row in rows],
        total=len(rows),
    )
    step(made, now)
    if made.finished_at is None:
        app.configure_task(GO_ON, queue="keeping").defer(import_id=str(made.pk))
    audit.record(
        action="merchants.imported",
        by=by.account_id,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"rows": made.total},
    )
    return made


@transactions.atomic
def keep_refused(
    *, by: Post, union: Union, table: Sequence[Sequence[str]], bad: BadRows, now: dt.datetime
) -> MerchantImport:
    """Keep a list of which nothing was entered, as it was sent, so that its wrong rows can be
    fetched, until the same person sends another or `REFUSED_DAYS` have passed."""
    mine = MerchantImport.objects.filter(union=union, made_by_id=by.account_id)
    mine.exclude(faults=[]).delete()
    return MerchantImport.objects.create(
        union=union,
        made_by_id=by.account_id,
        made_at=now,
        rows=[list(row) for row in table],
        faults=[astuple(fault) for fault in bad.faults],
        total=sum(map(any, table)) - 1,
        finished_at=now,
    )


@transactions.atomic
def forget_refused(*, now: dt.datetime) -> int:
    """Forget refused lists that nobody has sent again for `REFUSED_DAYS`; says how many."""
    old = MerchantImport.objects.filter(made_at__lt=now - dt.timedelta(days=REFUSED_DAYS))
    return old.exclude(faults=[]).delete()[0]


@transactions.atomic
def go_on_importing(*, import_id: uuid.UUID, now: dt.datetime) -> int:
    """Enter the next rows of a list; says how many. 0: it is all there, or its union is no more.
    Done twice, or by two at once, nothing is entered twice."""
    held = MerchantImport.objects.select_for_update(of=("self",)).select_related("union")
    found = held.filter(pk=import_id, finished_at=None).first()
    if found and found.union.status == Status.DISSOLVED:
        found.rows, found.finished_at = [], now
        found.save(update_fields=["rows", "finished_at"])
        return 0
    return step(found, now) if found else 0


def step(held: MerchantImport, now: dt.datetime) -> int:
    """The next rows, in the caller's transaction, which holds the list."""
    rows = [Row(*each) for each in held.rows[:STEP]]
    merchants, shops = enter(held.union, rows, now)
    held.rows = held.rows[STEP:]
    held.done += len(rows)
    held.merchants += merchants
    held.shops += shops
    held.finished_at = None if held.rows else now
    held.save(update_fields=["rows", "done", "merchants", "shops", "finished_at"])
    return len(rows)


def enter(union: Union, rows: Sequence[Row], now: dt.datetime) -> tuple[int, int]:
    """How many merchants and shops of these rows are new. However many there are, it takes some
    ten statements."""
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
    return added, len(shops)


def check_rows(union: Union, rows: Sequence[Row], unread: Sequence[Fault] = ()) -> list[Checked]:
    """All of them, or `BadRows`."""
    places = read_places({row.place for row in rows}, default=union.division)
    checked, faults = [], list(unread)
    for row in rows:
        try:
            code = checked_uscc(row.uscc)
            details = ShopDetails(
                name=row.shop,
                division=division_of(places[row.place]),
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
        raise BadRows(sorted(faults, key=lambda fault: fault.number))
    return checked


def division_of(found: Division | Invalid) -> Division:
    """Where a shop lies. Raises the refusal of what the list says about it."""
    if isinstance(found, Invalid):
        raise found
    return found


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
    index_shops(list(Shop.objects.filter(number__in=numbers).values_list("pk", flat=True)))
