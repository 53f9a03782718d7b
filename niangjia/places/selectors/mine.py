"""What Mine says about the places one keeps."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.rules.mine import Line
from niangjia.places.models import Keeper, OpeningDay, State

SHOWN = 20


def lines(account: Account, now: dt.datetime) -> Iterator[Line]:
    """The places one keeps; first those of which somebody asked whether they are open. One
    query."""
    unanswered = OpeningDay.objects.filter(
        place=OuterRef("place"),
        date=now.astimezone(clock.CHINA).date(),
        asked_at__isnull=False,
        ticked_at=None,
    )
    found = (
        Keeper.objects.filter(account=account, ended_at=None)
        .exclude(place__state=State.CLOSED)
        .select_related("place")
        .annotate(is_asked=Exists(unanswered))
        .order_by("place__name")[:SHOWN]
    )
    for keeper in found:
        is_asked: bool = keeper.is_asked
        yield Line(
            title=keeper.place.name,
            hint=_("Is it open today? One tap says so") if is_asked else _("A place you keep"),
            url=reverse("places:keep", args=[keeper.place.code]),
            icon="key-round",
            waits=is_asked,
        )
