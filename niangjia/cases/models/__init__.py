"""The tables of this room. All that say something about a case stand under row-level security."""

from niangjia.cases.models.cases import Case, CaseLink, CaseUnit, State, Way
from niangjia.cases.models.drafts import CaseDraft
from niangjia.cases.models.entries import CaseEntry, EntryKind
from niangjia.cases.models.grants import EmergencyGrant, GrantState
from niangjia.cases.models.items import ItemSnapshot, ItemVersion, ServiceItem, VersionState

__all__ = [
    "Case",
    "CaseDraft",
    "CaseEntry",
    "CaseLink",
    "CaseUnit",
    "EmergencyGrant",
    "EntryKind",
    "GrantState",
    "ItemSnapshot",
    "ItemVersion",
    "ServiceItem",
    "State",
    "VersionState",
    "Way",
]
