"""Every use case that changes pools."""

from niangjia.allocation.services.claiming import Answered, Ask, claim, claim_all
from niangjia.allocation.services.pools import add_supply, close_pool, open_pool
from niangjia.allocation.services.returning import return_claim

__all__ = [
    "Answered",
    "Ask",
    "add_supply",
    "claim",
    "claim_all",
    "close_pool",
    "open_pool",
    "return_claim",
]
