"""Keeping the search's rows in step with the shops."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import connection

from niangjia.benefits.models import Merchant, MerchantState, Shop, ShopSearch
from niangjia.core import transactions
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.finding import tokens_of
from niangjia.places.services.indexing import learn_names, names_above

BATCH = 1_000
ENTRIES = """
    INSERT INTO benefits_shopsearch
        (shop_id, easting, northing, longitude, latitude, is_approximate, tokens)
    SELECT id, easting, northing, longitude, latitude, is_approximate, tokens::tsvector
    FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::boolean[],
                %s::text[])
        AS entry(id, easting, northing, longitude, latitude, is_approximate, tokens)
    ON CONFLICT (shop_id) DO UPDATE SET
        easting = excluded.easting, northing = excluded.northing,
        longitude = excluded.longitude, latitude = excluded.latitude,
        is_approximate = excluded.is_approximate, tokens = excluded.tokens
"""


@transactions.atomic
def index_shops(shop_ids: Collection[uuid.UUID]) -> None:
    """Bring the rows of these shops up to date; whoever takes no coupons is found no longer. In the
    transaction that changed them."""
    wanted = list(shop_ids)
    for first in range(0, len(wanted), BATCH):
        write(wanted[first : first + BATCH])


def index_shops_of(merchant: Merchant) -> None:
    """The same for all shops of a merchant."""
    index_shops(list(merchant.shops.values_list("pk", flat=True)))


def index_missing(*, now: dt.datetime) -> int:
    """Enter shops that have no row yet, some at a time: those of before there was a search. Says
    how many; 0 when all are found."""
    lacking = Shop.objects.filter(
        closed_at=None, merchant__state=MerchantState.ACTIVE, entry=None
    ).exclude(longitude=None, division__longitude=None)
    found = list(lacking.values_list("pk", flat=True)[:BATCH])
    index_shops(found)
    return len(found)


def write(shop_ids: list[uuid.UUID]) -> None:
    shops = list(
        Shop.objects.filter(
            pk__in=shop_ids, closed_at=None, merchant__state=MerchantState.ACTIVE
        ).select_related("merchant", "division")
    )
    kept = {shop.pk for shop in shops}
    ShopSearch.objects.filter(shop__in=[pk for pk in shop_ids if pk not in kept]).delete()
    names: dict[str, str] = {}
    if shops:
        learn_names({shop.division for shop in shops}, names)
    rows = [row for shop in shops if (row := row_of(shop, names_above(shop.division, names)))]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES, [list(column) for column in zip(*rows, strict=True)])


def row_of(shop: Shop, above: list[str]) -> tuple[object, ...] | None:
    """The values of one row, in the order `ENTRIES` takes them; None where not even its division
    has a point."""
    own = shop.longitude is not None and shop.latitude is not None
    longitude = shop.longitude if own else shop.division.longitude
    latitude = shop.latitude if own else shop.division.latitude
    if longitude is None or latitude is None:
        return None
    point = Position(longitude, latitude)
    words = [shop.name, shop.address, shop.merchant.name, shop.merchant.trade]
    tokens = " ".join(f"'{key}'" for key in tokens_of(words, above))
    return (shop.pk, point.easting, point.northing, longitude, latitude, not own, tokens)
