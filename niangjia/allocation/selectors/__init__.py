"""Reads: `access_x` fetches or raises, `list_x` is a queryset."""

from niangjia.allocation.selectors.pools import access_own_claim, access_pool, list_own_claims

__all__ = ["access_own_claim", "access_pool", "list_own_claims"]
