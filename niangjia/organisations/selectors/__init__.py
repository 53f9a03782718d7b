"""Reads of the organisations room."""

from niangjia.organisations.selectors.figures import (
    figures,
    figures_of,
    figures_of_children,
    national_figures,
)
from niangjia.organisations.selectors.search import Criteria, FoundPage, find_unions
from niangjia.organisations.selectors.search_rows import FoundUnion
from niangjia.organisations.selectors.unions import (
    access_union,
    access_union_by_number,
    chain_above,
    list_children,
)

__all__ = [
    "Criteria",
    "FoundPage",
    "FoundUnion",
    "access_union",
    "access_union_by_number",
    "chain_above",
    "figures",
    "figures_of",
    "figures_of_children",
    "find_unions",
    "list_children",
    "national_figures",
]
