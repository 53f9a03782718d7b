"""Who asks, for the operations of this room."""

from django.http import HttpRequest
from ninja.errors import HttpError

from niangjia.members.models import Account


def account_of(request: HttpRequest) -> Account:
    """The account behind the request. The API's frame has checked it; this is the second lock, and
    tells the type checker."""
    if not isinstance(request.user, Account):
        raise HttpError(401, "Sign in first.")
    return request.user
