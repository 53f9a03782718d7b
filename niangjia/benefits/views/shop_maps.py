"""Shops as markers of a map, which lead to their cells in the list."""

from collections.abc import Iterable
from typing import Any

from niangjia.benefits.models import Shop
from niangjia.regions.rules.codes import COUNTRY_CODE


def shops_map(shops: Iterable[Shop], name: str, label: str, division: str = "") -> dict[str, Any]:
    """What the map component draws: those that have a point of their own, numbered as listed,
    before the province of `division` or else the country."""
    return {
        "id": name,
        "label": label,
        "division": "" if division == COUNTRY_CODE else division,
        "markers": [
            {
                "longitude": shop.longitude,
                "latitude": shop.latitude,
                "label": shop.name,
                "number": place,
                "url": f"#shop-{shop.number}",
            }
            for place, shop in enumerate(shops, start=1)
            if shop.longitude is not None
        ],
        "note": "",
    }
