"""Who asks: a person's session, or a token they made for a program of theirs."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from ninja.errors import AuthenticationError, HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Account, ApiToken, Scope

SAFE = {"GET", "HEAD", "OPTIONS"}


class TokenSession(SessionBase):
    """What a request with a token has for a session: nothing is kept, no cookie is set."""

    def __init__(self) -> None:
        super().__init__()
        self._session_cache: dict[str, Any] = {}

    def save(self, must_create: bool = False) -> None:
        """Nothing of it stays."""

    def load(self) -> dict[str, Any]:
        return {}


class ByToken(HttpBearer):
    """`Authorization: Bearer nj_…`. It can do what its scopes say, and never more than its owner.

    Officers' operations ask for a second factor: a token has one if it was made in a session that
    had, with the scope for the desk (promise 14).
    """

    def __call__(self, request: HttpRequest) -> Account | None:
        if "Authorization" not in request.headers:
            return None
        account: Account | None = super().__call__(request)
        if account is None:
            raise AuthenticationError
        return account

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """The token's owner; None when it is not, or no longer, valid."""
        if isinstance(getattr(request, "api_token", None), ApiToken):
            return request.auth  # type: ignore[attr-defined,no-any-return]
        found = services.use_token(text=token, now=clock.now())
        if found is None:
            return None
        if request.method not in SAFE and Scope.WRITE not in found.scopes:
            raise HttpError(403, "This token may only read.")
        request.user = found.account
        request.session = TokenSession()
        if found.with_second_factor and Scope.DESK in found.scopes:
            record_authentication(request, found.account, method="mfa", type="token")
        request.api_token = found  # type: ignore[attr-defined]
        request.auth = found.account  # type: ignore[attr-defined]
        return found.account


class BySession(APIKeyCookie):
    """The cookie of somebody who is signed in; writes need the CSRF token of a page of ours."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Account | None:
        return self.authenticate(request, self._get_key(request))

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """The account that is signed in, and still active."""
        if not (isinstance(request.user, Account) and request.user.is_active):
            return None
        if check_csrf(request):
            raise HttpError(403, "The CSRF token is missing or wrong.")
        return request.user


#: Everything asks for one of these unless it says `auth=None`.
signed_in = [ByToken(), BySession()]


def whoever_asks(request: HttpRequest) -> Account | None:
    """The account behind a request, or None; for what happens around operations."""
    for way in signed_in:
        try:
            if isinstance(account := way(request), Account):
                return account
        except (AuthenticationError, HttpError):
            return None
    return None
