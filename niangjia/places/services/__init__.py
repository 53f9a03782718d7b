"""What changes in this room. Each is one transaction."""

from niangjia.places.services.indexing import index_places, refresh_openings
from niangjia.places.services.listing import (
    change_place,
    close_place,
    draft_place,
    drop_other_hours,
    publish_place,
    set_other_hours,
)

__all__ = [
    "change_place",
    "close_place",
    "draft_place",
    "drop_other_hours",
    "index_places",
    "publish_place",
    "refresh_openings",
    "set_other_hours",
]
