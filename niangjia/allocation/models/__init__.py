"""Everything this room stores."""

from niangjia.allocation.models.choices import LIVE, TAKING, TIMED, ClaimantKind, ClaimState, Mode
from niangjia.allocation.models.claims import Claim
from niangjia.allocation.models.draws import (
    Draw,
    DrawLine,
    DrawSecret,
    DrawState,
    Source,
    ValueReading,
    VoidReason,
)
from niangjia.allocation.models.gates import (
    Entry,
    EntryState,
    EntryWay,
    Gate,
    Judgement,
    Problem,
    Steward,
)
from niangjia.allocation.models.orders import ServedOrder
from niangjia.allocation.models.pools import Pool, Share, Stock, leaves_time
from niangjia.allocation.models.reminders import DrawReminder

__all__ = [
    "LIVE",
    "TAKING",
    "TIMED",
    "Claim",
    "ClaimState",
    "ClaimantKind",
    "Draw",
    "DrawLine",
    "DrawReminder",
    "DrawSecret",
    "DrawState",
    "Entry",
    "EntryState",
    "EntryWay",
    "Gate",
    "Judgement",
    "Mode",
    "Pool",
    "Problem",
    "ServedOrder",
    "Share",
    "Source",
    "Steward",
    "Stock",
    "ValueReading",
    "VoidReason",
    "leaves_time",
]
