"""The room's tables."""

from niangjia.places.models.choices import (
    Access,
    Ending,
    Have,
    Kind,
    Language,
    Said,
    Sort,
    State,
)
from niangjia.places.models.keeping import Keeper, KeeperInvitation, OpeningDay, Supply
from niangjia.places.models.opening import Step
from niangjia.places.models.places import HoursOverride, Place
from niangjia.places.models.plates import Plate
from niangjia.places.models.reports import Report
from niangjia.places.models.search import PlaceSearch

__all__ = [
    "Access",
    "Ending",
    "Have",
    "HoursOverride",
    "Keeper",
    "KeeperInvitation",
    "Kind",
    "Language",
    "OpeningDay",
    "Place",
    "PlaceSearch",
    "Plate",
    "Report",
    "Said",
    "Sort",
    "State",
    "Step",
    "Supply",
]
