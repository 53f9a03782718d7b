"""Who may ask for a service, and when again."""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.content import Item, Result
from niangjia.core.errors import Text


@dataclass(frozen=True)
class Asker:
    """What is known of somebody who asks: whether they are a member, and hold a post at a union."""

    is_member: bool = False
    holds_post: bool = False


@dataclass(frozen=True)
class Earlier:
    """A case about the same service that somebody had before."""

    number: str
    is_open: bool
    result: str
    opened_date: dt.date


@dataclass(frozen=True)
class Obstacle:
    """Why a service cannot be asked for now, in words that say what can be done instead. `number`
    is of the case that is meant; `from_date` the day from which one may ask again."""

    code: str
    message: Text
    number: str = ""
    from_date: dt.date | None = None


def obstacle_of(item: Item, asker: Asker) -> Obstacle | None:
    """Whether the item is open to somebody (`open_to`). Services for organisations are asked for by
    whoever speaks for one, which no register says: the officer who checks asks for the papers."""
    if item.open_to == "members" and not asker.is_member:
        return Obstacle(
            "members-only",
            _(
                "This is for members of the union. Joining costs nothing and is answered within "
                "days; then you can ask for it. If you need help now, call 12351."
            ),
        )
    if item.open_to == "unions" and not asker.holds_post:
        return Obstacle(
            "unions-only",
            _("Unions ask for this: an officer of your union signs in and asks for it."),
        )
    return None


def obstacle_in(item: Item, earlier: list[Earlier], today: dt.date) -> Obstacle | None:
    """Whether somebody's earlier cases keep them from asking again: one that is still at work, or
    one that was granted less than `again_after_months` after it was asked for. Whoever was refused
    may ask again at once. `earlier` are of this item, the newest first."""
    if item.again_after_months is None:
        return None
    for case in earlier:
        if case.is_open:
            message = _(
                "You have asked for this already, and your union is at work on it (number "
                "%(number)s). Add what is new there; there is no need to ask twice."
            ) % {"number": case.number}
            return Obstacle("asked-already", message, case.number)
        from_date = case.opened_date + relativedelta(months=item.again_after_months)
        if case.result == Result.GRANTED and today < from_date:
            message = _(
                "This was granted to you when you asked on %(asked)s. You can ask again from "
                "%(day)s. If things have become harder since, call 12351 or write to your union."
            ) % {
                "asked": date_format(case.opened_date, "DATE_FORMAT"),
                "day": date_format(from_date, "DATE_FORMAT"),
            }
            return Obstacle("asked-lately", message, case.number, from_date)
    return None
