"""Asking for supplies: what is the same, and what is wrong with an entry."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.rules.facilities import BY_KEY

LONGEST_WHAT, LONGEST_REASON = 60, 200
#: So many working days after the day it was asked the union answers; then it becomes a case.
ANSWER_DAYS = 2
#: Whoever asked is forgotten so long after it ended.
KEPT = dt.timedelta(days=30)


def key(what: str, facility: str) -> str:
    """What makes two requests the same: the facility that lacks it, or the words without spaces
    and case."""
    return f"facility:{facility}" if facility else "".join(what.casefold().split())


def problems(*, what: str, facility: str, has: list[str]) -> dict[str, Text]:
    """What is wrong with a request at a place that `has` these facilities, by field."""
    found: dict[str, Text] = {}
    if not 1 <= len(what.strip()) <= LONGEST_WHAT:
        found["what"] = _("Say what it is, in up to 60 characters.")
    if facility and facility not in BY_KEY:
        found["facility"] = _("There is no such entry. Choose from the list.")
    elif facility and facility not in has:
        found["facility"] = _("It is not said to have that.")
    return found
