"""What axes throttles by: a digest, so that its tables hold no phone number, and the address."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from niangjia.core import errors
from niangjia.core.crypto import digest
from niangjia.members.rules import phones


def throttled_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The name under which tries at one phone's password are counted."""
    given = dict(credentials or {})
    typed = given.get("phone") or (request.POST.get("phone", "") if request else "")
    try:
        phone = phones.normalised(str(typed))
    except errors.Invalid:
        phone = str(typed)[:30]
    return digest("password-tries", phone).hex()


def throttled_address(request: HttpRequest) -> str | None:
    """The network address that asked, as the whole site sees it; None for a request from within."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None
