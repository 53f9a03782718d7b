"""Giving out and ending the address of one's own calendar."""

import datetime as dt

from niangjia.activities.models import CalendarAddress
from niangjia.core import audit, transactions
from niangjia.core.crypto import new_token, token_digest
from niangjia.members.models import Account


@transactions.atomic
def make_address(*, by: Account, now: dt.datetime) -> str:
    """A new secret for the address of one's calendar: 192 random bits, shown once. One that was
    given out before ends."""
    Account.objects.select_for_update().get(pk=by.pk)
    end(by, now)
    token = new_token()
    CalendarAddress.objects.create(account=by, digest=token_digest(token), made_at=now)
    audit.record(action="calendar.shared", by=by.pk, subject=f"account:{by.pk}")
    return token


@transactions.atomic
def end_address(*, by: Account, now: dt.datetime) -> None:
    """Nobody reads one's calendar by that address any more. Twice is once."""
    if end(by, now):
        audit.record(action="calendar.ended", by=by.pk, subject=f"account:{by.pk}")


def end(by: Account, now: dt.datetime) -> int:
    return CalendarAddress.objects.filter(account=by, ended_at=None).update(ended_at=now)
