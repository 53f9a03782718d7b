"""Reads of the regions room."""

from niangjia.regions.selectors.addresses import find_by_address, match_address
from niangjia.regions.selectors.divisions import (
    access_division,
    chain_above,
    find_division,
    list_children,
    list_nearest,
)

__all__ = [
    "access_division",
    "chain_above",
    "find_by_address",
    "find_division",
    "list_children",
    "list_nearest",
    "match_address",
]
