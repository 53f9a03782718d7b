"""Who asks."""

from typing import cast

from django.http import HttpRequest

from niangjia.members.models import Account


def signed_in(request: HttpRequest) -> Account:
    """The account behind a request that has passed `login_required`."""
    return cast(Account, request.user)
