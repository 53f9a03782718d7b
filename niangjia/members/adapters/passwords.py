"""What axes throttles by: a digest, so that its tables hold no phone number."""

from collections.abc import Mapping
from typing import Any

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
