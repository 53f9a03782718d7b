"""What Mine says about finished services one may still rate."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from niangjia.core import protection
from niangjia.core.prepared import asked, together
from niangjia.feedback.selectors.invitations import list_invitations
from niangjia.members.models import Account
from niangjia.members.rules.mine import Line

#: As many are asked about on Mine; the rest stands in the list.
SHOWN = 3


def lines(account: Account, now: dt.datetime) -> Iterator[Line]:
    """The newest finished services that wait for a rating, and the list of them all. One query,
    and what says who looks."""
    with protection.viewing(account=account.pk):
        waiting = list_invitations(account).filter(rating=None, closes_at__gt=now)
        [open_ones] = together(asked(waiting.order_by("-id")[:SHOWN]))
    for invitation in open_ones:
        yield Line(
            title=_("How was it? %(service)s") % {"service": invitation.item},
            hint=_("to rate until %(day)s") % {"day": date_format(localdate(invitation.closes_at))},
            url=reverse("feedback:rate_mine", args=[invitation.pk]),
            icon="star",
            waits=True,
        )
    yield Line(
        title=_("My ratings"),
        hint=_("What you said about the services you had"),
        url=reverse("feedback:mine"),
        icon="star",
    )
