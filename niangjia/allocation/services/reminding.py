"""Draws that wait for an officer: brought to mind each day until somebody has acted."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from niangjia.allocation.models import Draw, DrawReminder, Mode, Pool
from niangjia.core import sweeps, transactions
from niangjia.members import services as members
from niangjia.members.rules import Action

#: The results are on the lottery's site so long after the balls were drawn.
PUBLISHED = dt.timedelta(minutes=45)
#: A draw is announced in good time: so long before sign-up closes at the latest.
IN_TIME = dt.timedelta(days=1)
AGAIN = dt.timedelta(days=1)
#: What has waited longer is no news to anybody.
FORGET = dt.timedelta(days=30)
BATCH = 100


def remind_of_draws(*, now: dt.datetime) -> int:
    """Tell the officers of each union whose draw waits for them: the balls are known and have not
    been typed by two, or sign-up closes within a day and no draw counts. Once a day for each pool;
    says how many pools."""
    return remind_of_values(now=now) + remind_of_announcements(now=now)


def unreminded(pools: QuerySet[Pool], now: dt.datetime) -> QuerySet[Pool]:
    """Those whose officers were not told within a day."""
    lately = DrawReminder.objects.filter(pool=OuterRef("pk"), at__gt=now - AGAIN)
    return pools.filter(~Exists(lately), decided_at=None, cancelled_at=None)


def remind_of_values(*, now: dt.datetime) -> int:
    """The balls are known since a while, and the lots are not drawn."""
    waiting = Draw.objects.filter(
        sealed_at__isnull=False,
        drawn_at=None,
        voided_at=None,
        known_at__lte=now - PUBLISHED,
        known_at__gt=now - FORGET,
    )
    draws = {draw.pool_id: draw for draw in waiting.only("pool_id", "number", "known_at")}

    def remind(pool_id: uuid.UUID) -> int:
        draw = draws[pool_id]
        url = reverse("allocation:desk_draw", args=[draw.number])
        return tell(pool_id, "draw.value-due", draw.known_at, url, now)

    return tell_each(Pool.objects.filter(pk__in=draws), remind, now)


def remind_of_announcements(*, now: dt.datetime) -> int:
    """Sign-up closes soon or has closed, and nobody has said what will decide."""
    announced = Draw.objects.filter(pool=OuterRef("pk"), voided_at=None)
    pools = Pool.objects.filter(
        ~Exists(announced),
        mode=Mode.DRAW,
        shares=None,
        closes_at__lte=now + IN_TIME,
        closes_at__gt=now - FORGET,
    )

    def remind(pool_id: uuid.UUID) -> int:
        url = reverse("allocation:draw_announcement", args=[pool_id])
        return tell(pool_id, "draw.unannounced", None, url, now)

    return tell_each(pools, remind, now)


def tell_each(pools: QuerySet[Pool], remind: Callable[[uuid.UUID], int], now: dt.datetime) -> int:
    """The officers of each pool on its own: one that fails holds none of the others back."""
    due = unreminded(pools, now).order_by("closes_at").values_list("pk", flat=True)
    return sweeps.each(list(due[:BATCH]), remind, what="draw of pool")


@transactions.atomic
def tell(
    pool_id: uuid.UUID, kind: str, moment: dt.datetime | None, url: str, now: dt.datetime
) -> int:
    """Once for each officer who may act, unless another worker does; `moment`: since when it waits,
    the end of sign-up where nothing is said. Says whether they were told."""
    held = unreminded(Pool.objects.filter(pk=pool_id), now)
    held = held.select_for_update(of=("self",), skip_locked=True).select_related("union")
    pool = held.first()
    if pool is None:
        return 0
    since = moment or pool.closes_at
    DrawReminder.objects.create(pool=pool, at=now)
    members.notify_officers(
        union=pool.union,
        action=Action.SHARE_OUT,
        kind=kind,
        facts={"name": pool.name, "when": since.isoformat()},
        url=url,
        now=now,
    )
    return 1
