"""The map on which an officer puts a point."""

from collections.abc import Sequence
from typing import Any

from niangjia.places.models import Place
from niangjia.regions.models import Division


def picking(division: Division, label: str, places: Sequence[Place] = ()) -> dict[str, Any]:
    """The map, with these places on it, and the point it begins with: the middle of `division`."""
    is_known = division.latitude is not None and division.longitude is not None
    return {
        "begin": f"{division.latitude}, {division.longitude}" if is_known else "",
        "map": {
            "id": "pick-map",
            "label": label,
            "division": division.code,
            "markers": [
                {"longitude": each.longitude, "latitude": each.latitude, "label": each.name}
                for each in places
            ],
            "note": "",
        },
    }
