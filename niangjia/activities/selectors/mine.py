"""What Mine says about the activities one signed up for."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.activities.models import SignUp
from niangjia.activities.selectors.sign_ups import list_coming
from niangjia.allocation.models import ClaimState
from niangjia.members.models import Account
from niangjia.members.rules.mine import Line

#: As many coming activities are looked at; the rest stands in the list.
SHOWN = 10
TO_ANSWER = (ClaimState.OFFERED, ClaimState.HELD)


def lines(account: Account, now: dt.datetime) -> Iterator[Line]:
    """The seats that are kept until one answers, and what comes next. One query."""
    states = (*TO_ANSWER, ClaimState.CONFIRMED)
    coming = list(list_coming(account, now).filter(claim__state__in=states)[:SHOWN])
    for sign_up in coming:
        expires = sign_up.claim.expires_at
        if sign_up.claim.state in TO_ANSWER and expires and expires > now:
            yield Line(
                title=sign_up.run.activity.name,
                hint=_("A place is kept for you: say yes by %(moment)s")
                % {"moment": spoken(expires)},
                url=reverse("activities:ticket", args=[sign_up.pk]),
                icon="ticket",
                waits=True,
            )
    yield Line(
        title=_("My activities"),
        hint=next_one(coming),
        url=reverse("activities:mine"),
        icon="ticket",
    )


def next_one(coming: list[SignUp]) -> str:
    """The next activity one has a seat for, and when it begins."""
    seats = (each for each in coming if each.claim.state == ClaimState.CONFIRMED)
    first = next(seats, None)
    if first is None:
        return _("What you signed up for, with your tickets")
    return f"{first.run.activity.name} · {spoken(first.run.starts_at)}"


def spoken(moment: dt.datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")
