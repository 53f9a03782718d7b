"""Looking for abuse: one shop that redeems for a hundred phones, and the like."""

import datetime as dt

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Judgement, RedemptionSignal
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post

#: So many holders in an hour at a shop are odd when they are also several times its usual best.
MANY_HOLDERS, TIMES_USUAL = 60, 3
#: So many redemptions in an hour, nearly all for the coupon's whole worth and just that bill.
SAME_AMOUNT, SHARE_SAME = 20, 0.9
#: One holder at two shops so far apart, in degrees, within an hour (0.5° is some 50 km).
FAR_DEGREES = 0.5

FOUND = """
    WITH hour AS (
        SELECT bought.*, coupon.account_id, coupon.face_fen, shop.longitude, shop.latitude
        FROM benefits_redemption bought
        JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        JOIN benefits_shop shop ON shop.id = bought.shop_id
        WHERE bought.at >= %(begin)s AND bought.at < %(end)s
    ),
    usual AS (
        SELECT shop_id, max(holders) AS most FROM (
            SELECT bought.shop_id, date_trunc('hour', bought.at) AS at,
                   count(DISTINCT coupon.account_id) AS holders
            FROM benefits_redemption bought
            JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
            WHERE bought.shop_id IN (SELECT shop_id FROM hour)
              AND bought.at >= %(begin)s - interval '28 days' AND bought.at < %(begin)s
            GROUP BY 1, 2
        ) AS each_hour GROUP BY shop_id
    )
    SELECT hour.shop_id, 'many_holders', count(DISTINCT account_id)
    FROM hour LEFT JOIN usual USING (shop_id)
    GROUP BY hour.shop_id, usual.most
    HAVING count(DISTINCT account_id) >= greatest(%(many)s, %(times)s * coalesce(usual.most, 0))
    UNION ALL
    SELECT shop_id, 'same_amount', count(*) FROM hour GROUP BY shop_id
    HAVING count(*) >= %(same)s
       AND count(*) FILTER (WHERE bill_fen = face_fen) >= %(share)s * count(*)
    UNION ALL
    SELECT one.shop_id, 'far_apart', count(DISTINCT one.id)
    FROM hour one JOIN hour other USING (account_id)
    WHERE abs(one.longitude - other.longitude) > %(far)s
       OR abs(one.latitude - other.latitude) > %(far)s
    GROUP BY one.shop_id
"""


@transactions.atomic
def find_signals(*, hour_at: dt.datetime, now: dt.datetime) -> int:
    """Look at the redemptions of one hour and write down what is odd; says how much is new. It
    blocks nothing: somebody looks at it (`judge_signal`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            FOUND,
            {
                "begin": hour_at,
                "end": hour_at + dt.timedelta(hours=1),
                "many": MANY_HOLDERS,
                "times": TIMES_USUAL,
                "same": SAME_AMOUNT,
                "share": SHARE_SAME,
                "far": FAR_DEGREES,
            },
        )
        found = cursor.fetchall()
    new = 0
    for shop_id, kind, count in found:
        _signal, is_new = RedemptionSignal.objects.get_or_create(
            shop_id=shop_id,
            kind=kind,
            hour_at=hour_at,
            defaults={"count": count, "found_at": now},
        )
        new += is_new
    return new


@transactions.atomic
def judge_signal(
    *, by: Post, signal: RedemptionSignal, judgement: str, words: str, now: dt.datetime
) -> RedemptionSignal:
    """What somebody found who looked into it. Raises `Invalid` on `words`, `Conflict` when it was
    judged."""
    locked = RedemptionSignal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    if locked.judgement:
        raise Conflict(_("Somebody has judged it already."), code="judged")
    if len(words.strip()) < 2:
        problem = _("Say what you found.")
        raise Invalid(problem, fields={"words": problem})
    locked.judgement, locked.words = Judgement(judgement), words.strip()
    locked.judged_at, locked.judged_by_id = now, by.account_id
    locked.save(update_fields=["judgement", "words", "judged_at", "judged_by_id"])
    audit.record(
        action="redemptions.judged",
        by=by.account_id,
        subject=f"shop:{locked.shop_id}",
        union_id=by.union_id,
        details={"judgement": judgement},
    )
    return locked
