"""Every use case that changes unions."""

from niangjia.organisations.services.bulk import UnionDraft, create_unions
from niangjia.organisations.services.counting import count
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.folding import fold_figures
from niangjia.organisations.services.founding import create_union
from niangjia.organisations.services.numbering import next_ids
from niangjia.organisations.services.reports import Progress, silent
from niangjia.organisations.services.search_index import index_all, index_union, index_unions
from niangjia.organisations.services.seeding import plant_federations

__all__ = [
    "Progress",
    "UnionDetails",
    "UnionDraft",
    "count",
    "create_union",
    "create_unions",
    "fold_figures",
    "index_all",
    "index_union",
    "index_unions",
    "next_ids",
    "plant_federations",
    "silent",
]
