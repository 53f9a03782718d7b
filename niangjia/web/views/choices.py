"""What a visitor chooses for a year: kept in a cookie, and back to where one was."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from niangjia.web.display import YEAR_SECONDS


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address lies on this very site: nobody is led elsewhere by a link they trusted."""
    return url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


def keep(response: HttpResponse, request: HttpRequest, cookie: str, value: str) -> None:
    """Put a choice into its cookie; no script reads it."""
    response.set_cookie(
        cookie,
        value,
        max_age=YEAR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
