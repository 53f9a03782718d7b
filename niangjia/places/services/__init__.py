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
from niangjia.places.services.reporting import forget_speakers, report_place, weigh_again

__all__ = [
    "change_place",
    "close_place",
    "draft_place",
    "drop_other_hours",
    "forget_speakers",
    "index_places",
    "publish_place",
    "refresh_openings",
    "report_place",
    "set_other_hours",
    "weigh_again",
]
