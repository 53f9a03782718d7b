"""Mobile numbers, however they are typed, in E.164."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

#: Mainland mobile numbers have 11 digits and begin with 13 to 19 (numbering plan of the MIIT).
MOBILE = re.compile(r"1[3-9]\d{9}")
#: What people put between digits.
SEPARATORS = re.compile(r"[\s\-‐-―().·]+")


def normalised(text: str) -> str:
    """`text` as E.164 ("+8613800001111"); full-width digits, spaces, hyphens and +86 are fine.

    Raises `Invalid` on the field "phone".
    """
    compact = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    for prefix in ("+86", "0086", "86"):
        if compact.startswith(prefix) and len(compact) == len(prefix) + 11:
            compact = compact.removeprefix(prefix)
            break
    if compact.isascii() and MOBILE.fullmatch(compact):
        return f"+86{compact}"
    message = _("Enter a mobile number of 11 digits, as in 138 0000 1111.")
    raise errors.Invalid(message, code="invalid-phone", fields={"phone": message})


def spoken(phone: str) -> str:
    """A number as it is read out and written down: a mobile one as "138 0000 1111", any other as it
    was given."""
    national = phone.removeprefix("+86")
    if not MOBILE.fullmatch(national):
        return phone
    return f"{national[:3]} {national[3:7]} {national[7:]}"


def masked(phone: str) -> str:
    """An E.164 number with its middle hidden ("138****1111"), to remind its owner of it."""
    national = phone.removeprefix("+86")
    return f"{national[:3]}****{national[-4:]}"
