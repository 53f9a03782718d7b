"""The room's tables."""

from niangjia.places.models.choices import (
    Access,
    Asked,
    Crowd,
    DoorSaid,
    Ending,
    Found,
    Have,
    Kind,
    Language,
    Mender,
    ProblemState,
    ProblemStepKind,
    Said,
    Severity,
    Sort,
    Source,
    State,
)
from niangjia.places.models.coverage import (
    CountedZone,
    Coverage,
    DemandCell,
    Measurement,
    People,
    Who,
    Window,
)
from niangjia.places.models.keeping import Keeper, KeeperInvitation, OpeningDay, Supply
from niangjia.places.models.landmarks import Landmark, LandmarkSort
from niangjia.places.models.lists import ListRow, ListState, PlaceList, RowState
from niangjia.places.models.locks import DoorEvent, Lock
from niangjia.places.models.opening import Step
from niangjia.places.models.photos import PlacePhoto
from niangjia.places.models.places import HoursOverride, Place
from niangjia.places.models.plates import Plate
from niangjia.places.models.problems import Problem, ProblemStep
from niangjia.places.models.reports import Report
from niangjia.places.models.requests import RatedVisit, SupplyAsker, SupplyRequest
from niangjia.places.models.rounds import Inspection, Inspector, Round, SitePhoto
from niangjia.places.models.search import PlaceSearch
from niangjia.places.models.siting import Proposal, Siting, SitingState
from niangjia.places.models.stars import StarObjection, StarRating, StarRun, StarTerms
from niangjia.places.models.streets import StreetMap, StreetSquare, StreetTile, WalkReach
from niangjia.places.models.visits import Sighting, Visit, VisitDay

__all__ = [
    "Access",
    "Asked",
    "CountedZone",
    "Coverage",
    "Crowd",
    "DemandCell",
    "DoorEvent",
    "DoorSaid",
    "Ending",
    "Found",
    "Have",
    "HoursOverride",
    "Inspection",
    "Inspector",
    "Keeper",
    "KeeperInvitation",
    "Kind",
    "Landmark",
    "LandmarkSort",
    "Language",
    "ListRow",
    "ListState",
    "Lock",
    "Measurement",
    "Mender",
    "OpeningDay",
    "People",
    "Place",
    "PlaceList",
    "PlacePhoto",
    "PlaceSearch",
    "Plate",
    "Problem",
    "ProblemState",
    "ProblemStep",
    "ProblemStepKind",
    "Proposal",
    "RatedVisit",
    "Report",
    "Round",
    "RowState",
    "Said",
    "Severity",
    "Sighting",
    "SitePhoto",
    "Siting",
    "SitingState",
    "Sort",
    "Source",
    "StarObjection",
    "StarRating",
    "StarRun",
    "StarTerms",
    "State",
    "Step",
    "StreetMap",
    "StreetSquare",
    "StreetTile",
    "Supply",
    "SupplyAsker",
    "SupplyRequest",
    "Visit",
    "VisitDay",
    "WalkReach",
    "Who",
    "Window",
]
