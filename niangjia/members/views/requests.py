"""What a request says about who asks, from where, and where they want to go."""

from typing import cast

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from niangjia.members.models import Account


def account_of(request: HttpRequest) -> Account:
    """Who asks, behind `login_required`."""
    return cast(Account, request.user)


def language_of() -> str:
    """The language being spoken."""
    return get_language() or "zh-hans"


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a path on this site, else ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if allowed and wanted.startswith("/") else ""
