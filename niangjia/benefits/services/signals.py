"""Looking for abuse: one shop that redeems for a hundred phones, and the like."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Judgement, Redemption, RedemptionSignal, RedemptionWatch
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.organisations.models import Union

#: So many holders in an hour at a shop are odd when they are also several times its usual best.
MANY_HOLDERS, TIMES_USUAL = 60, 3
#: So many in a day are odd in the same way, whether or not an hour of it was.
MANY_IN_DAY = 100
#: So many redemptions in an hour, nearly all for the coupon's whole worth and just that bill.
SAME_AMOUNT, SHARE_SAME = 20, 0.9
#: One holder at two shops so far apart, in degrees, within an hour (0.5° is some 50 km).
FAR_DEGREES = 0.5
#: Things that a union hands over count in none of these: two hundred people in a morning, each for
#: one, is what a hand-out looks like.
#: So far back redemptions are looked through that nobody looked through in time, and so much of it
#: in one transaction.
LOOK_BACK, HOURS_AT_ONCE = dt.timedelta(days=31), 24

FOUND = """
    WITH hour AS (
        SELECT bought.*, coupon.account_id, coupon.face_fen, shop.longitude, shop.latitude
        FROM benefits_redemption bought
        JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        JOIN benefits_benefit benefit ON benefit.id = coupon.benefit_id AND NOT benefit.is_piece
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


#: The same of a whole day in China, for whoever spreads it out.
FOUND_IN_DAY = """
    WITH day AS (
        SELECT bought.shop_id, count(DISTINCT coupon.account_id) AS holders
        FROM benefits_redemption bought
        JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        JOIN benefits_benefit benefit ON benefit.id = coupon.benefit_id AND NOT benefit.is_piece
        WHERE bought.at >= %(begin)s AND bought.at < %(end)s
        GROUP BY 1 HAVING count(DISTINCT coupon.account_id) >= %(many)s
    ),
    usual AS (
        SELECT shop_id, max(holders) AS most FROM (
            SELECT bought.shop_id, date_trunc('day', bought.at, 'Asia/Shanghai') AS at,
                   count(DISTINCT coupon.account_id) AS holders
            FROM benefits_redemption bought
            JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
            WHERE bought.shop_id IN (SELECT shop_id FROM day)
              AND bought.at >= %(begin)s - interval '28 days' AND bought.at < %(begin)s
            GROUP BY 1, 2
        ) AS each_day GROUP BY shop_id
    )
    SELECT shop_id, 'many_in_day', holders FROM day LEFT JOIN usual USING (shop_id)
    WHERE holders >= %(times)s * coalesce(most, 0)
"""


@transactions.atomic
def watch_redemptions(*, now: dt.datetime) -> int:
    """Look through every hour that is over and was not looked through yet, and once more through
    the last two: what was begun in an hour may have been written after it. Says how much is new.

    However long no worker lived, no hour is left out, up to `LOOK_BACK`; a day at most at a time,
    so that no transaction grows long: `is_behind` says whether to go on.
    """
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    watch, _is_new = RedemptionWatch.objects.select_for_update(of=("self",)).get_or_create(
        name="all", defaults={"until_at": this_hour}
    )
    again = this_hour - dt.timedelta(hours=2)
    begin = max(min(watch.until_at, again), this_hour - LOOK_BACK)
    hours = [begin + dt.timedelta(hours=each) for each in range(HOURS_AT_ONCE)]
    done = [hour for hour in hours if hour < this_hour]
    new = sum(find_signals(hour_at=hour, now=now) for hour in done)
    watch.until_at = done[-1] + dt.timedelta(hours=1)
    watch.save(update_fields=["until_at"])
    return new


def is_behind(*, now: dt.datetime) -> bool:
    """Whether hours are left that nobody looked through."""
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    return RedemptionWatch.objects.filter(until_at__lt=this_hour).exists()


@transactions.atomic
def find_signals(*, hour_at: dt.datetime, now: dt.datetime) -> int:
    """Look at the redemptions of one hour, and of its day so far, and write down what is odd; says
    how much is new. Officers of the merchant's union are told. It blocks nothing: somebody looks
    at it (`judge_signal`)."""
    end = hour_at + dt.timedelta(hours=1)
    day = hour_at.astimezone(clock.CHINA).replace(hour=0)
    of_day: dict[str, Any] = {
        "begin": day,
        "end": end,
        "many": MANY_IN_DAY,
        "times": TIMES_USUAL,
    }
    of_hour = of_day | {
        "begin": hour_at,
        "many": MANY_HOLDERS,
        "same": SAME_AMOUNT,
        "share": SHARE_SAME,
        "far": FAR_DEGREES,
    }
    with connection.cursor() as cursor:
        cursor.execute(FOUND, of_hour)
        found = [(hour_at, *row) for row in cursor.fetchall()]
        cursor.execute(FOUND_IN_DAY, of_day)
        found += [(day, *row) for row in cursor.fetchall()]
    new = []
    for begin, shop_id, kind, count in found:
        signal, is_new = RedemptionSignal.objects.get_or_create(
            shop_id=shop_id,
            kind=kind,
            hour_at=begin,
            defaults={"count": count, "found_at": now},
        )
        new += [signal] if is_new else []
    tell_found(new, now)
    return len(new)


def tell_found(signals: Sequence[RedemptionSignal], now: dt.datetime) -> None:
    """Whoever gives benefits at the union of the merchant hears of each shop once."""
    by_shop = {signal.shop_id: signal for signal in signals}
    for signal in by_shop.values():
        members.notify_officers(
            union=signal.shop.merchant.union,
            action=Action.GIVE_BENEFITS,
            kind="benefits.odd-redemptions",
            facts={"shop": signal.shop.name, "merchant": signal.shop.merchant.name},
            url=reverse("benefits:redemption_judgement", args=[signal.pk]),
            now=now,
        )


@transactions.atomic
def judge_signal(
    *, by: Post, signal: RedemptionSignal, judgement: str, words: str, now: dt.datetime
) -> RedemptionSignal:
    """What somebody found who looked into it. Of abuse every union is told whose coupons were used:
    each pays its own statements, and suspends or ends its own contracts. Raises `Invalid` on
    `words`, `Conflict` when it was judged."""
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
    if locked.judgement == Judgement.ABUSE:
        tell_payers(locked, now)
    return locked


def tell_payers(signal: RedemptionSignal, now: dt.datetime) -> None:
    """The unions whose coupons were used there then."""
    sales = Redemption.objects.filter(
        shop=signal.shop_id, at__gte=signal.hour_at, at__lt=signal.until_at
    )
    for union in Union.objects.filter(pk__in=sales.values("coupon__benefit__union")):
        members.notify_officers(
            union=union,
            action=Action.GIVE_BENEFITS,
            kind="benefits.abuse-found",
            facts={
                "shop": signal.shop.name,
                "merchant": signal.shop.merchant.name,
                "words": signal.words,
            },
            url=reverse("benefits:statements"),
            now=now,
        )
