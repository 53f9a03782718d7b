"""Everything this room stores."""

from niangjia.allocation.models.choices import LIVE, TAKING, TIMED, ClaimState, Mode
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
from niangjia.allocation.models.pools import Pool, Share, Stock

__all__ = [
    "LIVE",
    "TAKING",
    "TIMED",
    "Claim",
    "ClaimState",
    "Draw",
    "DrawLine",
    "DrawSecret",
    "DrawState",
    "Mode",
    "Pool",
    "Share",
    "Source",
    "Stock",
    "ValueReading",
    "VoidReason",
]
