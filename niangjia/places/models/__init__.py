"""The room's tables."""

from niangjia.places.models.choices import Access, Have, Kind, Language, Said, State
from niangjia.places.models.places import HoursOverride, Place
from niangjia.places.models.reports import Report
from niangjia.places.models.search import PlaceSearch

__all__ = [
    "Access",
    "Have",
    "HoursOverride",
    "Kind",
    "Language",
    "Place",
    "PlaceSearch",
    "Report",
    "Said",
    "State",
]
