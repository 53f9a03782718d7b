"""What Mine says about one's coupons."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from niangjia.benefits.models import Coupon
from niangjia.benefits.selectors.benefits import list_usable_coupons
from niangjia.members.models import Account
from niangjia.members.rules.mine import Line

#: As many coupons are looked at; the rest stands in the list.
SHOWN = 20
#: Whoever has a coupon that ends within this is told at the top of the page.
SOON = dt.timedelta(days=3)


def lines(account: Account, now: dt.datetime) -> Iterator[Line]:
    """The coupons that soon end, and how many can be used. One query."""
    usable = list(list_usable_coupons(account, now).order_by("expires_at")[:SHOWN])
    for coupon in usable:
        if coupon.expires_at <= now + SOON:
            yield Line(
                title=coupon.benefit.name,
                hint=_("Use it by %(day)s") % {"day": ends_on(coupon)},
                url=reverse("benefits:coupon", args=[coupon.number]),
                icon="wallet",
                waits=True,
            )
    yield Line(
        title=_("My coupons"),
        hint=how_many(usable),
        url=reverse("benefits:mine"),
        icon="wallet",
    )


def how_many(usable: list[Coupon]) -> str:
    if not usable:
        return _("What your unions gave you, and where it is taken")
    many = _("%(count)s can be used") % {
        "count": f"{SHOWN}+" if len(usable) == SHOWN else len(usable)
    }
    return f"{many} · " + _("the first ends on %(day)s") % {"day": ends_on(usable[0])}


def ends_on(coupon: Coupon) -> str:
    return date_format(localdate(coupon.expires_at))
