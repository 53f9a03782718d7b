"""What looks odd about redemptions, and what there is to see of it. Holders are told apart, and
never named: whose coupon it was is found, if need be, by its number."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from niangjia.benefits.models import Redemption, RedemptionSignal
from niangjia.benefits.selectors.within_reach import one, within
from niangjia.core import ids
from niangjia.members.models import Post

MOST = 200
EVIDENCE = """
    WITH hour AS (
        SELECT bought.amount_fen, bought.bill_fen, coupon.account_id, coupon.face_fen
        FROM benefits_redemption bought JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        JOIN benefits_benefit benefit ON benefit.id = coupon.benefit_id AND NOT benefit.is_piece
        WHERE bought.shop_id = %(shop)s AND bought.at >= %(begin)s AND bought.at < %(end)s
    ),
    usual AS (
        SELECT count(DISTINCT coupon.account_id) AS holders
        FROM benefits_redemption bought JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        WHERE bought.shop_id = %(shop)s
          AND bought.at >= %(begin)s - interval '28 days' AND bought.at < %(begin)s
        GROUP BY date_trunc(%(length)s, bought.at, 'Asia/Shanghai')
    )
    SELECT count(*), count(DISTINCT account_id), coalesce(sum(amount_fen), 0),
           count(*) FILTER (WHERE bill_fen = face_fen),
           (SELECT coalesce(max(holders), 0) FROM usual)
    FROM hour
"""


@dataclass(frozen=True)
class Evidence:
    """One hour or day at one shop: redemptions, different holders, what they came to in fen, how
    many were for exactly a coupon's worth, and the most holders in any as long of the 28 days
    before."""

    redemptions: int
    holders: int
    fen: int
    exact: int
    usual_holders: int


def read_evidence(signal: RedemptionSignal) -> Evidence:
    """What there is to see of a signal. One query, by the shop's own index."""
    given: dict[str, Any] = {
        "shop": signal.shop_id,
        "begin": signal.hour_at,
        "end": signal.until_at,
        "length": "day" if signal.is_of_day else "hour",
    }
    with connection.cursor() as cursor:
        cursor.execute(EVIDENCE, given)
        return Evidence(*(int(value) for value in cursor.fetchone()))


def list_elsewhere(signal: RedemptionSignal) -> list[Redemption]:
    """What the holders of that hour or day used at other shops in it, the first 200. One query."""
    here = list_sales_of(signal).order_by().values("coupon__account_id")
    found = Redemption.objects.filter(
        coupon__account_id__in=here, at__gte=signal.hour_at, at__lt=signal.until_at
    ).exclude(shop=signal.shop_id)
    return list(found.select_related("coupon__benefit", "shop").order_by("at", "id")[:MOST])


def told_apart(*sales: Iterable[Redemption]) -> list[list[tuple[Redemption, int]]]:
    """Redemptions, each with a number that is its holder's on this page alone."""
    numbers: dict[uuid.UUID, int] = {}
    return [
        [(each, numbers.setdefault(each.coupon.account_id, len(numbers) + 1)) for each in some]
        for some in sales
    ]


def list_signals_within(
    posts: Iterable[Post], *, judged: bool = False
) -> QuerySet[RedemptionSignal]:
    """What looks odd at the shops of merchants within reach. Order by "-id"."""
    found = RedemptionSignal.objects.filter(within(posts, "shop__merchant__union__path"))
    found = found.exclude(judgement="") if judged else found.filter(judgement="")
    return found.select_related("shop__merchant__union")


def access_signal_within(posts: Iterable[Post], signal_id: str) -> RedemptionSignal:
    """One within reach, judged or not. Raises `NotFound`."""
    key = ids.parse_uuid(signal_id)
    found = RedemptionSignal.objects.filter(within(posts, "shop__merchant__union__path"))
    found = found.filter(pk=key) if key else found.none()
    return one(found.select_related("shop__merchant__union"))


def list_sales_of(signal: RedemptionSignal) -> QuerySet[Redemption]:
    """The redemptions of the time and shop that a signal is about, without their holders."""
    found = Redemption.objects.filter(
        shop=signal.shop_id, at__gte=signal.hour_at, at__lt=signal.until_at
    )
    return found.select_related("coupon__benefit").order_by("at", "id")
