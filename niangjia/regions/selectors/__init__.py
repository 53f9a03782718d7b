"""Reads of the regions room."""

from niangjia.regions.selectors.addresses import access_by_address, match_address
from niangjia.regions.selectors.divisions import (
    access_division,
    chain_above,
    find_division,
    full_names,
    list_children,
    list_nearest,
)

__all__ = [
    "access_by_address",
    "access_division",
    "chain_above",
    "find_division",
    "full_names",
    "list_children",
    "list_nearest",
    "match_address",
]
