"""Makers of gates for tests: people with parts, a steward, and what their devices show and note."""

import datetime as dt
import uuid
from typing import Any

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Entry, Gate
from niangjia.allocation.rules import codes
from niangjia.allocation.rules.entering import Scan
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import serial

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def make_gate(
    *accounts: Account,
    people: int = 3,
    union: Union | None = None,
    begins_at: dt.datetime | None = None,
) -> tuple[Gate, list[Claim]]:
    """A gate that is open now, and the parts of whoever may come in: `accounts`, or so many."""
    coming = accounts or [make_person().account for _ in range(people)]
    pool = make_pool(supply=max(len(coming), 1), union=union)
    for account in coming:
        claim(pool, account)
    begins_at = begins_at or clock.now() - HOUR
    gate = services.open_gate(
        occasion=f"test:{next(serial)}",
        pool_id=pool.pk,
        union=pool.union,
        title="周末秋游 · 第一天",
        begins_at=begins_at,
        ends_at=begins_at + 3 * HOUR,
        by=None,
    )
    return gate, list(pool.claims.order_by("place"))


def make_steward(gate: Gate, account: Account | None = None) -> Account:
    """Somebody named to keep it."""
    account = account or make_account()
    services.name_steward(
        by=make_post(union=gate.union), gate=gate, account=account, now=clock.now()
    )
    return account


def code(gate: Gate, part: Claim, at: dt.datetime) -> str:
    """What the holder's phone shows then."""
    return codes.code_at(part.pk, codes.key_for(part.pk, gate.occasion), codes.step_at(at))


def digits(gate: Gate, part: Claim, at: dt.datetime) -> str:
    """What the holder reads out then."""
    key = codes.key_for(part.pk, gate.occasion)
    return f"{part.place} {codes.digits_at(key, codes.step_at(at))}"


def scan(gate: Gate, part: Claim, shown_at: dt.datetime, **fields: Any) -> Scan:
    """What a device notes of a code that is shown at that moment."""
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "claim_id": part.pk,
        "code": code(gate, part, shown_at),
        "door": "东门",
        "at": shown_at,
    }
    return Scan(**(values | fields))


def send(gate: Gate, by: Account, *scans: Scan, **times: Any) -> list[Entry]:
    """A device sends what it has."""
    now = times.get("now") or clock.now()
    return services.synchronise(
        by=by, gate=gate, scans=scans, now=now, device_now=times.get("device_now") or now
    )
