"""Shops near somebody, wherever they are: nearest first, by words, and where one's coupons work."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from niangjia.benefits.models import Acceptance, Coupon, Shop
from niangjia.benefits.selectors.benefits import list_usable_coupons
from niangjia.core.prepared import Asked, together
from niangjia.members.models import Account
from niangjia.organisations.rules import ancestor_paths
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors.asked_places import AskedPlace
from niangjia.places.rules.finding import MIDDLE, tsquery
from niangjia.places.selectors.nearest import GROUND, PLANE, WITHIN, Row, nearest_first

PAGE = 20
REACH_METRES = 50_000.0
#: So many matches of words are put in order, wherever they lie; so many coupons are looked at.
MOST_MATCHES, MOST_COUPONS = 400, 50

ENTRY = f"SELECT shop_id, {PLANE} AS plane, {GROUND} AS distance FROM benefits_shopsearch"  # noqa: S608
WALKING = f"{ENTRY} WHERE {WITHIN} {{conditions}} ORDER BY {PLANE} LIMIT %(limit)s"
MATCHING = f"{ENTRY} WHERE tokens @@ %(query)s::tsquery {{conditions}} LIMIT %(limit)s"
#: The shops that take one of somebody's coupons.
TAKING = """
    AND EXISTS (
        SELECT FROM benefits_shop AS shop
        JOIN benefits_merchant AS merchant ON merchant.id = shop.merchant_id
        JOIN organisations_union AS contract ON contract.id = merchant.union_id
        WHERE shop.id = benefits_shopsearch.shop_id
          AND (merchant.id = ANY(%(merchants)s::uuid[]) OR contract.path = ANY(%(paths)s::text[]))
    )
"""


@dataclass(frozen=True)
class Usable:
    """One of somebody's coupons, and which merchants take it: these, or all that have a contract
    with one of these unions."""

    coupon: Coupon
    merchant_ids: frozenset[uuid.UUID]
    paths: frozenset[str]

    def is_taken_at(self, shop: Shop) -> bool:
        """Whether the shop takes it."""
        merchant = shop.merchant
        return merchant.pk in self.merchant_ids or merchant.union.path in self.paths


@dataclass(frozen=True)
class ShopQuestion:
    """What somebody looks for: around `near`, by words, and only where one of `usable` is taken."""

    near: Position
    words: str = ""
    only_usable: bool = False
    usable: tuple[Usable, ...] = ()

    def for_holder(self, usable: tuple[Usable, ...], *, only: bool) -> "ShopQuestion":
        """The same, by somebody who has these coupons."""
        return replace(self, usable=usable, only_usable=only)


@dataclass(frozen=True)
class NearShop:
    """A shop as near as it is, in metres over the ground, and what of one's own it takes."""

    shop: Shop
    metres: float
    coupons: list[Coupon]

    @property
    def kilometres(self) -> str:
        return f"{self.metres / 1000:.1f}"


def position_of(asked: AskedPlace) -> Position | None:
    """Where to count from: where they stand, or the middle of the division."""
    place = asked.division
    if asked.position is not None:
        return asked.position
    if place is None or place.longitude is None or place.latitude is None:
        return None
    return Position(place.longitude, place.latitude)


def question_of(asked: AskedPlace) -> ShopQuestion | None:
    """What to look for; None while nobody has said where or by which words."""
    position = position_of(asked)
    words = "" if "q" in asked.errors else asked.words
    if position is None and not words:
        return None
    return ShopQuestion(near=position or MIDDLE, words=words)


def list_usable(account: Account, *, now: dt.datetime) -> tuple[Usable, ...]:
    """Somebody's coupons that can be used now, with where they are taken. Two queries."""
    coupons = list(list_usable_coupons(account, now).order_by("expires_at", "id")[:MOST_COUPONS])
    chosen: dict[uuid.UUID, set[uuid.UUID]] = {}
    named = Acceptance.objects.filter(benefit__in={each.benefit_id for each in coupons})
    for benefit_id, merchant_id in named.values_list("benefit_id", "merchant_id"):
        chosen.setdefault(benefit_id, set()).add(merchant_id)
    return tuple(
        Usable(
            coupon,
            frozenset(chosen.get(coupon.benefit_id, ())),
            frozenset()
            if coupon.benefit_id in chosen
            else frozenset(ancestor_paths(coupon.benefit.union.path)),
        )
        for coupon in coupons
    )


def find_shops(asked: ShopQuestion, *, count: int = PAGE) -> list[NearShop]:
    """The `count` nearest that match, exactly, in order of their distance over the ground: those
    within 50 km; by words, where they are fewer, as many as there are anywhere. At most five
    queries."""
    if asked.only_usable and not asked.usable:
        return []
    query = tsquery(asked.words)
    rows, _proof = nearest_first(
        lambda reach, limit: ask(WALKING, asked, query=query, reach=reach, limit=limit),
        asked.near,
        metres=REACH_METRES,
        count=count,
    )
    for loosely in (False, True) if query and len(rows) < count else ():
        words = tsquery(asked.words, loosely=loosely)
        matches = ask(MATCHING, asked, query=words, limit=MOST_MATCHES)
        if matches:
            rows = sorted(matches, key=lambda row: (row[2], row[0]))[:count]
            break
    return listed(rows, asked.usable)


def ask(statement: str, asked: ShopQuestion, *, query: str, **more: Any) -> list[Row]:
    """The rows of one question: shop, distance on the plane, distance over the ground."""
    values: dict[str, Any] = {
        "easting": asked.near.easting,
        "northing": asked.near.northing,
        "longitude": asked.near.longitude,
        "latitude": asked.near.latitude,
        "query": query,
        **more,
    }
    conditions = ""
    if asked.only_usable:
        conditions += TAKING
        values["merchants"] = list({pk for each in asked.usable for pk in each.merchant_ids})
        values["paths"] = list({path for each in asked.usable for path in each.paths})
    if query and statement is WALKING:
        conditions += " AND tokens @@ %(query)s::tsquery"
    found = statement.format(conditions=conditions)
    [rows] = together(Asked(found, values))  # type: ignore[arg-type]
    return list(rows)


def listed(rows: Iterable[Row], usable: Iterable[Usable]) -> list[NearShop]:
    """These shops, in this order. One query."""
    order = list(rows)
    shops = Shop.objects.select_related("merchant__union", "division", "entry")
    found = shops.in_bulk([row[0] for row in order])
    mine = list(usable)
    return [
        NearShop(shop, row[2], [each.coupon for each in mine if each.is_taken_at(shop)])
        for row in order
        if (shop := found.get(row[0]))
    ]
