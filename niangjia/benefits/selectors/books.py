"""Sums, in fen: what was used of a benefit, and whether all books agree."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from niangjia.benefits.models import (
    OPEN_STRIKES,
    Benefit,
    Budget,
    Redemption,
    Refund,
    Strike,
)
from niangjia.organisations.models import Union

#: So many benefits of a budget are drawn.
MOST_COSTS = 15
BOOKS = """
    WITH own AS (SELECT id FROM benefits_benefit WHERE union_id = %(union)s AND NOT is_piece),
    coupons AS (SELECT id, face_fen - left_fen AS gone FROM benefits_coupon
                WHERE benefit_id IN (SELECT id FROM own)),
    taken AS (SELECT id, amount_fen FROM benefits_redemption
              WHERE coupon_id IN (SELECT id FROM coupons)),
    back AS (SELECT id, amount_fen FROM benefits_refund
             WHERE redemption_id IN (SELECT id FROM taken))
    SELECT (SELECT coalesce(sum(gone), 0) FROM coupons),
           (SELECT coalesce(sum(amount_fen), 0) FROM taken)
             - (SELECT coalesce(sum(amount_fen), 0) FROM back),
           (SELECT coalesce(sum(total_fen), 0) FROM benefits_statement
            WHERE union_id = %(union)s),
           (SELECT coalesce(sum(amount_fen), 0) FROM taken WHERE NOT EXISTS
              (SELECT FROM benefits_statementline l WHERE l.redemption_id = taken.id))
             - (SELECT coalesce(sum(amount_fen), 0) FROM back WHERE NOT EXISTS
              (SELECT FROM benefits_statementline l WHERE l.refund_id = back.id))
"""


def redeemed_of(benefit: Benefit) -> int:
    """What shops took for a benefit, less what they took back. What was struck counts as taken for
    as long as it may be owed again."""
    taken = total(Redemption.objects.filter(coupon__benefit=benefit))
    back = total(Refund.objects.filter(redemption__coupon__benefit=benefit))
    held = Strike.objects.filter(redemption__coupon__benefit=benefit, state__in=OPEN_STRIKES)
    return taken - back + total(held)


def total(rows: QuerySet[Redemption] | QuerySet[Refund] | QuerySet[Strike]) -> int:
    """The sum of their amounts."""
    return int(rows.aggregate(fen=Sum("amount_fen", default=0))["fen"])


@dataclass(frozen=True)
class Books:
    """Three ways to the same sum for one union, in fen, and a fourth for what is not on a
    statement yet. They agree when `coupons`, `tills` and `statements` + `open` are the same."""

    coupons: int
    tills: int
    statements: int
    open: int

    @property
    def agree(self) -> bool:
        """Whether nothing is missing and nothing counted twice."""
        return self.coupons == self.tills == self.statements + self.open


def read_books(union: Union) -> Books:
    """Count what `union` gave in three ways: what is gone from coupons, what tills took, what
    statements say. Things that were handed over are on no statement and not counted. One snapshot,
    so that what happens meanwhile is in all or in none."""
    with connection.cursor() as cursor:
        cursor.execute(BOOKS, {"union": union.pk})
        return Books(*(int(value) for value in cursor.fetchone()))


class Cost(NamedTuple):
    """What a benefit has cost its budget, and what is still set aside for it. In fen."""

    number: str
    name: str
    paid_fen: int
    waiting_fen: int


def list_costs(budget: Budget) -> list[Cost]:
    """Of each benefit that was published from a budget, the newest first, `MOST_COSTS` at most.
    They add up to what is committed, as long as there are no more. One query."""
    gone = F("coupons__face_fen") - F("coupons__left_fen")
    struck = Strike.objects.filter(
        redemption__coupon__benefit=OuterRef("pk"), state__in=OPEN_STRIKES
    )
    sums = struck.order_by().values("redemption__coupon__benefit").annotate(fen=Sum("amount_fen"))
    found = budget.benefits.filter(pool__isnull=False).annotate(
        gone=Sum(gone, default=0), held=Coalesce(Subquery(sums.values("fen")), 0)
    )
    return [
        Cost(
            each.number,
            each.name,
            int(each.gone),
            int(each.held) if each.settled_at else each.cost_fen - int(each.gone),
        )
        for each in found.order_by("-id")[:MOST_COSTS]
    ]


@dataclass(frozen=True)
class Figures:
    """What became of a benefit: coupons given and used, and fen paid."""

    given: int
    used: int
    returned: int
    redeemed_fen: int
    left_fen: int


def read_figures(benefit: Benefit) -> Figures:
    """One query. Coupons given count those that were given back no longer."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [benefit.pk])
        return Figures(*(int(value) for value in cursor.fetchone()))


class HandedOut(NamedTuple):
    """How many pieces somebody handed over at a shop and were not brought back."""

    shop: str
    merchant: str
    pieces: int


def list_handed_out(benefit: Benefit) -> list[HandedOut]:
    """Of a benefit of things, the points with the most first, a hundred at most. One query."""
    kept = (
        Redemption.objects.filter(coupon__benefit=benefit)
        .annotate(back=Coalesce(Subquery(CAME_BACK), 0))
        .filter(amount_fen__gt=F("back"))
    )
    rows = kept.order_by().values_list("shop__name", "shop__merchant__name", "shop_id")
    counted = rows.annotate(pieces=Count("pk")).order_by("-pieces", "shop__name")
    return [HandedOut(shop, merchant, pieces) for shop, merchant, _id, pieces in counted[:100]]


CAME_BACK = (
    Refund.objects.filter(redemption=OuterRef("pk"))
    .order_by()
    .values("redemption")
    .annotate(fen=Sum("amount_fen"))
    .values("fen")
)
FIGURES = """
    SELECT count(*) FILTER (WHERE state <> 'returned'),
           count(*) FILTER (WHERE left_fen < face_fen),
           count(*) FILTER (WHERE state = 'returned'),
           coalesce(sum(face_fen - left_fen), 0),
           coalesce(sum(left_fen - forfeited_fen)
                    FILTER (WHERE state = 'open' AND expires_at > now()), 0)
    FROM benefits_coupon WHERE benefit_id = %s
"""
