"""Whether somebody gave two factors: what officers' pages demand (promise 14)."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from niangjia.members.models import Account


def second_factor_passed(request: HttpRequest) -> bool:
    """Whether this session of the signed-in account was confirmed with a second factor.

    A code from an app, a recovery code, or a passkey (which asks for face, finger or PIN). allauth
    records it in the session, bound to the account. No query: whether the factor still exists is
    asked when it is next used.
    """
    if not isinstance(request.user, Account):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def has_second_factor(account: Account) -> bool:
    """Whether one is set up, so that the officer can be asked for it rather than to enrol. One
    query."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=account, type__in=types).exists())
