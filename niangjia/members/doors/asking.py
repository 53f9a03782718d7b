"""Who asks."""

from typing import cast

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from niangjia.members.models import Account


def signed_in(request: HttpRequest) -> Account:
    """The account behind a request that has passed `login_required`."""
    return cast(Account, request.user)


def visitor_or_account(request: HttpRequest) -> Account | None:
    """The account that asks, or None for a visitor."""
    return signed_in(request) if request.user.is_authenticated else None


def address_of(request: HttpRequest) -> str:
    """The network address that asked, as far as the configured proxies can be trusted."""
    return str(get_adapter().get_client_ip(request))
