"""The tables of this room. All that say something about a case stand under row-level security."""

from niangjia.cases.models.assigning import AssignmentRule, AssignmentShare, AssignmentWay
from niangjia.cases.models.cases import Case, CaseUnit, State, Way
from niangjia.cases.models.drafts import CaseDraft
from niangjia.cases.models.entries import CaseEntry, EntryKind
from niangjia.cases.models.files import CaseFile
from niangjia.cases.models.grants import EmergencyGrant, GrantState
from niangjia.cases.models.groups import (
    CaseGroup,
    GroupMember,
    JoinedBy,
    MemberState,
    Representative,
    RepresentativeVoice,
)
from niangjia.cases.models.items import ItemSnapshot, ItemVersion, ServiceItem, VersionState
from niangjia.cases.models.letters import (
    Addressee,
    CaseLetter,
    LetterFile,
    LetterHead,
    LetterKind,
    LetterRecord,
    LetterSeries,
    Mended,
    RecordKind,
    ServedBy,
)
from niangjia.cases.models.links import CaseLink, FoundBy, LinkKind, LinkState
from niangjia.cases.models.public_notices import PublicNotice
from niangjia.cases.models.search import CaseSearch

__all__ = [
    "Addressee",
    "AssignmentRule",
    "AssignmentShare",
    "AssignmentWay",
    "Case",
    "CaseDraft",
    "CaseEntry",
    "CaseFile",
    "CaseGroup",
    "CaseLetter",
    "CaseLink",
    "CaseSearch",
    "CaseUnit",
    "EmergencyGrant",
    "EntryKind",
    "FoundBy",
    "GrantState",
    "GroupMember",
    "ItemSnapshot",
    "ItemVersion",
    "JoinedBy",
    "LetterFile",
    "LetterHead",
    "LetterKind",
    "LetterRecord",
    "LetterSeries",
    "LinkKind",
    "LinkState",
    "MemberState",
    "Mended",
    "PublicNotice",
    "RecordKind",
    "Representative",
    "RepresentativeVoice",
    "ServedBy",
    "ServiceItem",
    "State",
    "VersionState",
    "Way",
]
