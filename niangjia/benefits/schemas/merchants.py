"""Merchants and shops as officers' operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.benefits.models import MerchantState
from niangjia.benefits.schemas.shapes import GivingUnion, Reason, Short


class MerchantIn(Schema):
    union: str
    name: Short
    uscc: Annotated[str, StringConstraints(max_length=30)]
    trade: Annotated[str, StringConstraints(max_length=60)] = ""


class MerchantStateIn(Schema):
    state: MerchantState
    reason: Reason


class MerchantOut(Schema):
    number: str
    union: GivingUnion
    name: str
    uscc: str
    trade: str
    state: MerchantState
    since_date: dt.date


class MerchantList(Schema):
    items: list[MerchantOut]
    next: str | None


class ShopIn(Schema):
    """`place` names the county or district; empty: that of the union."""

    name: Short
    place: Annotated[str, StringConstraints(max_length=60)] = ""
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    longitude: float | None = None
    latitude: float | None = None
    opening_hours: Annotated[str, StringConstraints(max_length=200)] = ""


class MerchantRowIn(ShopIn):
    """One row of a list: a shop and its merchant."""

    merchant: Short
    uscc: Annotated[str, StringConstraints(max_length=30)]
    trade: Annotated[str, StringConstraints(max_length=60)] = ""


class MerchantRowsIn(Schema):
    union: str
    rows: list[MerchantRowIn] = Field(max_length=10_000)


class ImportedOut(Schema):
    """`done` of `total` rows are entered; `finished_at` is null while it goes on. `known`: shops
    that were there already. With `faults`, the number of a row and what is wrong with it each,
    nothing of the list was entered."""

    id: uuid.UUID
    total: int
    done: int
    finished_at: dt.datetime | None
    merchants: int
    shops: int
    known: int
    faults: list[tuple[int, str]]
