"""Shops as markers of a map, which lead to their cells in the list."""

from collections.abc import Iterable
from typing import Any

from niangjia.benefits.models import Shop


def shops_map(shops: Iterable[Shop], name: str, label: str) -> dict[str, Any]:
    """What the map component draws: those that have a point of their own, numbered as listed."""
    return {
        "id": name,
        "label": label,
        "division": "",
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
