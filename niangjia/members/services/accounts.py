"""Opening accounts."""

import datetime as dt

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, errors, transactions
from niangjia.members.models import Account
from niangjia.members.rules import phones


@transactions.atomic
def create_account(
    *, phone: str, now: dt.datetime, password: str | None = None, verified: bool = True
) -> Account:
    """An account for `phone`, whose possession was proven at `now` unless `verified` is False.

    Raises `Invalid` for what is no mobile number, `Conflict` when the number has an account.
    """
    number = phones.normalised(phone)
    try:
        account = Account.objects.create_user(
            number, password, phone_verified_at=now if verified else None
        )
    except IntegrityError:
        message = _("This number already has an account. Sign in with it.")
        raise errors.Conflict(message, code="phone-in-use", fields={"phone": message}) from None
    audit.record(action="account.opened", by=account.id, subject=f"account:{account.id}")
    return account
