"""Reads of this room."""

from niangjia.allocation.selectors.pools import (
    Standing,
    access_own_claim,
    access_pool,
    find_pool,
    list_own_claims,
    place_in_line,
    pool_standing,
)

__all__ = [
    "Standing",
    "access_own_claim",
    "access_pool",
    "find_pool",
    "list_own_claims",
    "place_in_line",
    "pool_standing",
]
