"""Every use case that changes unions."""

from niangjia.organisations.services.bulk import UnionDraft, create_unions
from niangjia.organisations.services.confirming import confirm_union
from niangjia.organisations.services.counting import count
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.dissolving import dissolve_union
from niangjia.organisations.services.editing import edit_union, rename_union
from niangjia.organisations.services.employer_records import (
    lock_employers,
    merge_employers,
    rename_employer,
)
from niangjia.organisations.services.employers import add_employer, remove_employer
from niangjia.organisations.services.folding import fold_figures
from niangjia.organisations.services.founding import create_union
from niangjia.organisations.services.industry import join_industry, leave_industry
from niangjia.organisations.services.moving import move_union
from niangjia.organisations.services.numbering import next_ids
from niangjia.organisations.services.reports import Progress, silent
from niangjia.organisations.services.search_index import index_all, index_union, index_unions
from niangjia.organisations.services.seeding import plant_federations
from niangjia.organisations.services.verifying import Discrepancy, verify_figures

__all__ = [
    "Discrepancy",
    "Progress",
    "UnionDetails",
    "UnionDraft",
    "add_employer",
    "confirm_union",
    "count",
    "create_union",
    "create_unions",
    "dissolve_union",
    "edit_union",
    "fold_figures",
    "index_all",
    "index_union",
    "index_unions",
    "join_industry",
    "leave_industry",
    "lock_employers",
    "merge_employers",
    "move_union",
    "next_ids",
    "plant_federations",
    "remove_employer",
    "rename_employer",
    "rename_union",
    "silent",
    "verify_figures",
]
