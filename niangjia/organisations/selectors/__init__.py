"""Reads of the organisations room."""

from niangjia.organisations.selectors.figures import (
    figures,
    figures_of,
    figures_of_children,
    national_figures,
)
from niangjia.organisations.selectors.guide import Guidance, covering, guide
from niangjia.organisations.selectors.points import point_fields
from niangjia.organisations.selectors.search import Criteria, FoundPage, find_unions
from niangjia.organisations.selectors.search_entries import list_entries
from niangjia.organisations.selectors.search_rows import FoundUnion
from niangjia.organisations.selectors.union_facts import read_union_facts
from niangjia.organisations.selectors.union_page import UnionPage, page_of, show_union
from niangjia.organisations.selectors.unions import (
    access_root,
    access_union,
    access_union_by_number,
    chain_above,
    find_union_by_number,
    find_union_named,
    list_children,
    list_employers,
)

__all__ = [
    "Criteria",
    "FoundPage",
    "FoundUnion",
    "Guidance",
    "UnionPage",
    "access_root",
    "access_union",
    "access_union_by_number",
    "chain_above",
    "covering",
    "figures",
    "figures_of",
    "figures_of_children",
    "find_union_by_number",
    "find_union_named",
    "find_unions",
    "guide",
    "list_children",
    "list_employers",
    "list_entries",
    "national_figures",
    "page_of",
    "point_fields",
    "read_union_facts",
    "show_union",
]
