"""What is there, what expires soon, and what therefore cannot be used."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.models import Ending, Sort, Supply
from niangjia.places.rules.facilities import BY_KEY

#: So many days ahead the keeper is reminded, once.
REMIND_DAYS = 14
LONGEST_NAME, MOST = 60, 10_000


def is_expired(supply: Supply, today: dt.date) -> bool:
    """On the day that is printed on it it can still be used."""
    return supply.expires_date is not None and supply.expires_date < today


def is_overdue(supply: Supply, today: dt.date) -> bool:
    """Whether the check it needs has been missed: who relies on it cannot know that it works."""
    return supply.check_date is not None and supply.check_date < today


def is_usable(supply: Supply, today: dt.date) -> bool:
    """Whether somebody could use it today."""
    return supply.ended_at is None and not (is_expired(supply, today) or is_overdue(supply, today))


def due_date(supply: Supply) -> dt.date | None:
    """The next day on which something has to be done about it."""
    return min((day for day in (supply.expires_date, supply.check_date) if day), default=None)


def is_due_soon(supply: Supply, today: dt.date) -> bool:
    """Whether the keeper has to see to it within `REMIND_DAYS`."""
    due = due_date(supply)
    return supply.ended_at is None and due is not None and (due - today).days <= REMIND_DAYS


def state_of(supply: Supply, today: dt.date) -> str:
    """One of "expired", "overdue", "soon" and "ok"."""
    if is_expired(supply, today):
        return "expired"
    if is_overdue(supply, today):
        return "overdue"
    return "soon" if is_due_soon(supply, today) else "ok"


def lacking(supplies: Iterable[Supply], today: dt.date) -> list[str]:
    """The facilities that are missing because nothing they need can be used. One for which nothing
    was ever entered is not judged; what was entered by mistake does not count."""
    known = [each for each in supplies if each.facility and each.ending != Ending.MISTAKE]
    usable = {each.facility for each in known if is_usable(each, today)}
    return sorted({each.facility for each in known} - usable)


def problems(
    *,
    sort: str,
    name: str,
    facility: str,
    amount: int,
    expires_date: dt.date | None,
    check_date: dt.date | None,
    today: dt.date,
) -> dict[str, Text]:
    """What is wrong with something to be entered, by field."""
    found: dict[str, Text] = {}
    if sort not in Sort.values:
        found["sort"] = _("Say whether it is used up or kept.")
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        found["name"] = _("Say what it is, in up to 60 characters.")
    if facility and facility not in BY_KEY:
        found["facility"] = _("There is no such entry. Choose from the list.")
    if not 1 <= amount <= MOST:
        found["amount"] = _("Say how many, from 1 to 10,000.")
    if expires_date and expires_date < today:
        found["expires_date"] = _("This has expired already. Throw it away.")
    if check_date and check_date < today:
        found["check_date"] = _("This day is past. When is the next check?")
    return found
