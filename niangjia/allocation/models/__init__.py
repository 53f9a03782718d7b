from niangjia.allocation.models.claims import Claim, ClaimState
from niangjia.allocation.models.pools import Pool, Stock

__all__ = ["Claim", "ClaimState", "Pool", "Stock"]
