"""The place somebody has chosen to begin from: in a cookie that holds a division's code, no more.

It says nothing of who they are, needs no account, and is a default: whatever an address says for
itself counts before it.
"""

from collections.abc import Mapping
from typing import Protocol

from niangjia.regions.models import Level
from niangjia.regions.rules import codes

COOKIE = "place"
#: Somebody who wants the whole country says so; that is not the same as having said nothing.
EVERYWHERE = codes.COUNTRY_CODE
#: Nobody switches between streets; down to here a place can be chosen.
DEEPEST = Level.COUNTY


class Settled(Protocol):
    """An account that belongs somewhere by itself, whichever room knows of it."""

    @property
    def place_code(self) -> str:
        """The code of the division it belongs to, or nothing."""


def chosen_code(cookies: Mapping[str, str]) -> str:
    """The code in the cookie if it can be one of a place, else nothing."""
    code = cookies.get(COOKIE, "")
    return code if codes.is_code(code) and codes.level_of(code) <= DEEPEST else ""
