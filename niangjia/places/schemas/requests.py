"""Asking for supplies, by operations."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.places.models import Asked


class SupplyRequestIn(Schema):
    """What is needed. `facility`: what is missing without it, or nothing."""

    what: str
    facility: str = ""


class SupplyRequestOut(Schema):
    """What was asked for, and what became of it. `asks` counts everybody who asked; `due_at`: by
    when the union answers; `is_case`: nobody had answered, so the union has a case."""

    id: uuid.UUID
    place: str
    what: str
    facility: str
    state: Asked
    asks: int
    by_keeper: bool
    asked_at: dt.datetime
    expected_date: dt.date | None
    reason: str
    due_at: dt.datetime
    is_case: bool


class SupplyRequestAtDesk(SupplyRequestOut):
    """As officers see it: `case_number` once there is a case, else nothing."""

    case_number: str


class SupplyRequestList(Schema):
    items: list[SupplyRequestAtDesk]
    next: str | None


class SupplyShipmentIn(Schema):
    """On its way; the day it should be there, if that is known."""

    expected_date: dt.date | None = None


class SupplyRefusalIn(Schema):
    """Why it is not brought."""

    reason: str


class SupplyReceiptIn(Schema):
    """It has come. With `amount` it goes on the list of supplies."""

    amount: int | None = None
    expires_date: dt.date | None = None
