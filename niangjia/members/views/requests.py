"""What a request says about where it comes from and where it wants to go."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def address_of(request: HttpRequest) -> str:
    """The network address that asked, as far as the configured proxies can be trusted."""
    return str(get_adapter().get_client_ip(request))


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a path on this site, else ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if allowed and wanted.startswith("/") else ""
