"""Reads of the regions room."""

from niangjia.regions.selectors.addresses import (
    access_by_address,
    beyond_division,
    match_address,
    read_addresses,
)
from niangjia.regions.selectors.divisions import (
    access_division,
    chain_above,
    find_division,
    full_names,
    list_children,
    list_nearest,
)
from niangjia.regions.selectors.places import (
    begins_at,
    find_place,
    list_places,
    list_places_below,
)

__all__ = [
    "access_by_address",
    "access_division",
    "begins_at",
    "beyond_division",
    "chain_above",
    "find_division",
    "find_place",
    "full_names",
    "list_children",
    "list_nearest",
    "list_places",
    "list_places_below",
    "match_address",
    "read_addresses",
]
