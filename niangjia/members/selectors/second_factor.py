"""Whether somebody gave two factors: what officers' pages demand (promise 14)."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest

from niangjia.members.models import Account


def second_factor_passed(request: HttpRequest) -> bool:
    """Whether this session of the signed-in account was confirmed with a second factor.

    allauth records in the session how its owner proved themselves, bound to their account. No
    query: whether the factor still exists is asked when it is next used.
    """
    if not isinstance(request.user, Account):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def has_second_factor(account: Account) -> bool:
    """Whether `account` has set up a second factor at all. One query."""
    return bool(get_adapter().is_mfa_enabled(account))
